using Tachyon.Failover.Cluster;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Tachyon.Failover.Timing;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Execution;

/// <summary>The looks that show whether the node that is to vote does so: after the promotion, and at the end of a run.</summary>
internal sealed partial class SwitchoverSteps
{
    private Moment? _identityTaken;

    /// <summary>The last look of a run: which identity the node runs, and a vote for a slot newer than the latest time at which the node could have ended.</summary>
    private async Task<StepObservation> SeeVoteAsync(FailoverStep step, NodeSide side)
    {
        if (_identityTaken is { } taken && VoterLook.Settling - taken.Age(time) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, CancellationToken.None).ConfigureAwait(false);
        }

        return await ProveAsync(step, side, await NewestSlotAsync(Pair.On(side)).ConfigureAwait(false), mustLand: false).ConfigureAwait(false);
    }

    /// <summary>Looks until the node is shown to vote, or not to vote, or until <see cref="FailoverOptions.VerifyTimeout"/> has passed.</summary>
    /// <param name="step">The step that looks.</param>
    /// <param name="side">The node that is to vote.</param>
    /// <param name="after">The vote must be for a slot after this one; null for a vote newer than the first look shows.</param>
    /// <param name="mustLand">Whether a vote counts only after it has landed. Otherwise it counts when the node has saved it.</param>
    private async Task<StepObservation> ProveAsync(FailoverStep step, NodeSide side, ulong? after, bool mustLand)
    {
        var (node, begun, pace) = (Pair.On(side), time.GetTimestamp(), LookPace.Of(options.Slot));
        CallResult? notUp = null;
        while (true)
        {
            var (look, said) = await LookAtVoterAsync(side, mustLand).ConfigureAwait(false);
            after ??= look.NewestVote;
            notUp ??= look.IsNotUp ? said : null;
            var waited = time.GetElapsedTime(begun);
            switch (look.Votes(after, waited, pace))
            {
                case true when notUp is not null:
                    return new StepObservation(step, CallResult.NotDone(CallFailure.ValidatorNotRunning, $"{node.Name} took the staked identity, then did not answer as a running validator ({notUp}), and has voted for slot {look.NewestVote} since. Either its validator was restarted, or its admin.rpc was missing for a while: its log says which"), IdentityRole.Staked);
                case true:
                    return new StepObservation(step, CallResult.Done($"{node.Name} runs the staked identity, and has voted for slot {look.NewestVote}"), IdentityRole.Staked);
                case false when look.Runs == IdentityRole.Unstaked:
                    return new StepObservation(step, CallResult.NotDone(CallFailure.Refused, $"{node.Name} took the staked identity, and now runs another one ({said.Detail}): its validator was restarted, or was demoted by someone else"), look.Runs);
                case false:
                    return new StepObservation(step, CallResult.NotDone(CallFailure.ValidatorNotRunning, $"the validator of {node.Name} took the staked identity, and is not up now ({said}); there is no vote for a slot after {after}. After a start it runs the identity that its link names"));
                case null when waited >= options.VerifyTimeout:
                    var identity = look.Runs is null ? $"did not say which identity it runs ({said})" : "runs the staked identity";
                    var vote = look.NewestVote > after ? $"has a vote for slot {look.NewestVote}" : $"has no vote for a slot after {after?.ToString() ?? "any that is known"}";
                    return new StepObservation(step, CallResult.NotDone(CallFailure.TimedOut, $"unknown whether {node.Name} votes: within {options.VerifyTimeout.TotalSeconds:0} s it {identity} and {vote}"), look.Runs);
            }

            await Task.Delay(pace, time, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<(VoterLook Look, CallResult Said)> LookAtVoterAsync(NodeSide side, bool mustLand)
    {
        var asking = NodeProbe.IdentityOfAsync(Pair.On(side));
        var reading = mustLand ? null : Pair.Towers.ReadAsync(Given(side), TimeSpan.Zero, CancellationToken.None);
        using var limit = new CancellationTokenSource(options.VerifyTimeout, time);
        var landed = (await FindVoteAccountAsync(limit.Token).ConfigureAwait(false))?.LastVote;
        var saved = reading is not null && (await reading.ConfigureAwait(false)).Value is { } file ? TowerVerification.Check(file, Pair.StakedIdentity).Tower?.LastVotedSlot : null;
        var (identity, said) = await asking.ConfigureAwait(false);
        return (
            new VoterLook
            {
                Runs = identity is null ? null : NodeProbe.RoleOf(identity, Pair),
                IsNotUp = said.Failure is CallFailure.ValidatorNotRunning or CallFailure.ValidatorStarting,
                NewestVote = saved is null || landed > saved ? landed : saved,
            },
            said.IsDone ? CallResult.Done(identity!.ToString()) : said);
    }

    private async Task<VoteAccount?> FindVoteAccountAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await VoteAccountSearch.FindAsync(Pair.Cluster, Pair.StakedIdentity, _voteAccount?.Address, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false)).Value;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>The newest slot, according to the cluster or the node itself; null if neither answers.</summary>
    private async Task<ulong?> NewestSlotAsync(ValidatorNode node)
    {
        var own = ReplayWatch.SlotAsync(node.Rpc, CancellationToken.None);
        var cluster = await ReplayWatch.SlotAsync(Pair.Cluster, CancellationToken.None).ConfigureAwait(false);
        return await own.ConfigureAwait(false) is { } slot && !(slot < cluster) ? slot : cluster;
    }
}
