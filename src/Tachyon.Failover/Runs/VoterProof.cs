using Tachyon.Failover.Cluster;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Probes that show whether the node that is to vote does so: after the promotion, and at the end of a run.</summary>
internal static class VoterProof
{
    /// <summary>The last probe of a run: which identity the node runs, and a vote for a slot newer than the latest time at which the node could have ended.</summary>
    public static async Task<StepObservation> AtTheEndAsync(RunContext run, FailoverStep step, NodeSide side)
    {
        if (run.IdentityTaken is { } taken && VoterProbe.Settling - taken.Age(run.Time) is var left && left > TimeSpan.Zero)
        {
            await run.Time.DelayAsync(left).ConfigureAwait(false);
        }

        var newest = await NewestSlotAsync(run.Pair, side).ConfigureAwait(false);
        await AwaitVoteInFeedAsync(run, side, newest).ConfigureAwait(false);
        return await FindAsync(run, step, side, newest, mustLand: false).ConfigureAwait(false);
    }

    /// <summary>Probes until the node is shown to vote, or not to vote, or until <see cref="FailoverOptions.VerifyTimeout"/> has passed.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The step that looks.</param>
    /// <param name="side">The node that is to vote.</param>
    /// <param name="after">The vote must be for a slot after this one; null for a vote newer than the first probe shows.</param>
    /// <param name="mustLand">Whether a vote counts only after it has landed. Otherwise it counts when the node has saved it.</param>
    public static async Task<StepObservation> FindAsync(RunContext run, FailoverStep step, NodeSide side, ulong? after, bool mustLand)
    {
        var (node, begun, pace, limit) = (run.Pair.On(side), run.Time.GetTimestamp(), ProbePace.Of(run.Options.Slot), run.Options.VerifyTimeout);
        CallResult? notUp = null;
        while (true)
        {
            var (look, said) = await ProbeAsync(run, side, mustLand).ConfigureAwait(false);
            after ??= look.NewestVote;
            notUp ??= look.IsNotUp ? said : null;
            var waited = run.Time.GetElapsedTime(begun);
            switch (look.Votes(after, waited, pace))
            {
                case true when notUp is not null:
                    return new StepObservation(step, CallResult.NotDone(CallFailure.ValidatorNotRunning, $"{node.Name} took the staked identity, then did not answer as a running validator ({notUp}), and has voted for slot {look.NewestVote} since. Either its validator was restarted, or its admin.rpc was missing for a while: its log says which"), IdentityRole.Staked);
                case true:
                    return new StepObservation(step, CallResult.Done($"{node.Name} runs the staked identity, and has voted for slot {look.NewestVote}"), IdentityRole.Staked);
                case false when look.Runs == IdentityRole.Unstaked:
                    return new StepObservation(step, CallResult.NotDone(CallFailure.Refused, $"{node.Name} took the staked identity, and now runs another one ({said.Detail}): its validator was restarted, or was demoted by the operator or another program"), look.Runs);
                case false:
                    return new StepObservation(step, CallResult.NotDone(CallFailure.ValidatorNotRunning, $"the validator of {node.Name} took the staked identity, and is not up now ({said}); there is no vote for a slot after {after}. After a start it runs the identity that its link names"));
                case null when waited >= limit:
                    var identity = look.Runs is null ? $"did not say which identity it runs ({said})" : "runs the staked identity";
                    var vote = look.NewestVote > after ? $"has a vote for slot {look.NewestVote}" : $"has no vote for a slot after {after?.ToString() ?? "any that is known"}";
                    return new StepObservation(step, CallResult.NotDone(CallFailure.TimedOut, $"unknown whether {node.Name} votes: within {limit.TotalSeconds:0} s it {identity} and {vote}"), look.Runs);
            }

            await run.Time.DelayAsync(pace).ConfigureAwait(false);
        }
    }

    private static async Task<(VoterProbe Probe, CallResult Said)> ProbeAsync(RunContext run, NodeSide side, bool mustLand)
    {
        var pair = run.Pair;
        using var limit = new CancellationTokenSource(run.Options.VerifyTimeout, run.Time);
        var landed = (await FindVoteAccountAsync(run, limit.Token).ConfigureAwait(false))?.LastVote;

        // The node comes last. A cluster that hangs would make its answer old, and the node may end meanwhile.
        run.VoterProbedAt = Moment.Now(run.Time);
        var asking = NodeProbe.IdentityOfAsync(pair.On(side));
        var reading = mustLand ? null : pair.Towers.ReadAsync(run.GivenSide(side), TimeSpan.Zero, CancellationToken.None);
        var saved = reading is not null && (await reading.ConfigureAwait(false)).Value is { } file ? TowerVerification.Check(file, pair.StakedIdentity).Tower?.LastVotedSlot : null;
        var (identity, said) = await asking.ConfigureAwait(false);
        return (
            new VoterProbe
            {
                Runs = identity is null ? null : NodeProbe.RoleOf(identity, pair),
                IsNotUp = said.Failure is CallFailure.ValidatorNotRunning or CallFailure.ValidatorStarting,
                NewestVote = saved is null || landed > saved ? landed : saved,
            },
            said.IsDone ? CallResult.Done(identity!.ToString()) : said);
    }

    private static async Task<VoteAccount?> FindVoteAccountAsync(RunContext run, CancellationToken cancellationToken)
    {
        try
        {
            return (await VoteAccountSearch.FindAsync(run.Pair.Cluster, run.Pair.StakedIdentity, run.VoteAccount?.Address, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false)).Value;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Waits for the vote that the probe will look for, for two slots at most. A feed shows it at once, and a probe only at its next try.</summary>
    private static async Task AwaitVoteInFeedAsync(RunContext run, NodeSide side, ulong? after)
    {
        if (run.FeedOf(run.GivenSide(side)) is { } feed && after is { } slot)
        {
            using var limit = new CancellationTokenSource(ProbePace.Of(run.Options.Slot) * 2, run.Time);
            await feed.FirstAfterAsync(slot, limit.Token).ConfigureAwait(false);
        }
    }

    /// <summary>The newest slot, according to the cluster or the node itself; null if neither answers.</summary>
    private static async Task<ulong?> NewestSlotAsync(ValidatorPair pair, NodeSide side)
    {
        var own = ReplayWatch.SlotAsync(pair.On(side).Rpc, CancellationToken.None);
        var cluster = await ReplayWatch.SlotAsync(pair.Cluster, CancellationToken.None).ConfigureAwait(false);
        return await own.ConfigureAwait(false) is { } slot && !(slot < cluster) ? slot : cluster;
    }
}
