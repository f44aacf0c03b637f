using Tachyon.Failover.Cluster;
using Tachyon.Failover.Takeover;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Execution;

/// <summary>Which tower the target of a takeover gets, and what is waited for before it may be used.</summary>
internal sealed partial class SwitchoverSteps
{
    // Votes land within a slot or two, or not at all.
    private static readonly TimeSpan QuietPatience = TimeSpan.FromMinutes(1);

    // 256 slots take less than two minutes.
    private static readonly TimeSpan UnseenVotesPatience = TimeSpan.FromMinutes(10);

    private bool _isRebuilt;
    private ulong _rebuiltFrom;

    // What one RPC says alone is nothing to go by while the witnesses can tell.
    private ulong Landed => Watch.History.Sight.LastVote ?? _voteAccount?.LastVote ?? 0;

    // By the witnesses' clocks, and by the chain's, which has gone on since before this program began to look.
    private TimeSpan SilenceSoFar => Watch.History.Sight is { Slot: { } slot, LastVote: { } vote } sight && slot > vote && (slot - vote) * options.Slot is var slots && slots > sight.Silence ? slots : _silence.Silence;

    private async Task<CallResult> TakeTowerAsync(CancellationToken cancellationToken)
    {
        var own = _lost!.Reach.ShellAnswers ? (await _lost.ReadTowerAsync(TimeSpan.Zero).ConfigureAwait(false)).Value : null;
        var (tower, words) = await ChooseTowerAsync(own).ConfigureAwait(false);

        // A node that was sealed or stopped has its last vote on its disk. Any other tower may lack one that is on its way to the chain.
        if (!(tower is not null && tower.File.Equals(own) && await _lost.HasVotedItsLastAsync(SilenceSoFar).ConfigureAwait(false)))
        {
            var quiet = await AwaitQuietAsync(cancellationToken).ConfigureAwait(false);
            if (!quiet.IsDone)
            {
                return quiet;
            }

            (tower, words) = await ChooseTowerAsync(own).ConfigureAwait(false);
        }

        if (tower is null)
        {
            return Policy.Tower == TakeoverTower.FromChain
                ? await AwaitUnseenVotesAsync(words, cancellationToken).ConfigureAwait(false)
                : CallResult.NotDone(CallFailure.TowerMissing, words);
        }

        _final = tower;
        return CallResult.Done(words);
    }

    private async Task<(Tower? Tower, string Words)> ChooseTowerAsync(TowerFile? own)
    {
        var found = await InheritedTowers.FindAsync(Pair, Policy, Watch.Shadow, own, time).ConfigureAwait(false);
        return InheritedTowers.Choose(found, Pair.StakedIdentity, options.Rules.ChecksShadow ? Landed : 0, _leftover);
    }

    /// <summary>Waits until votes that were on their way have landed, or will not.</summary>
    private async Task<CallResult> AwaitQuietAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) <= QuietPatience)
        {
            await Watch.LookAsync(cancellationToken).ConfigureAwait(false);
            if (Watch.History.Sight is { CannotTell: null, Slot: { } slot, LastVote: { } vote } && slot >= vote + (ulong)Policy.Silence.QuietSlots)
            {
                return CallResult.Done();
            }

            Note(SwitchoverStep.TakeTower, $"waits until no vote of the lost node can come late: {Watch.Verdict}");
            await Task.Delay(options.Slot, time, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return CallResult.NotDone(CallFailure.TimedOut, $"whether the newest vote has landed could not be told within {QuietPatience.TotalSeconds:0} s: {Watch.Verdict}");
    }

    /// <summary>Without a tower the validator makes one up from what has landed. That is waited for until nothing that the lost node may have voted for unseen binds any more (docs/safety.md).</summary>
    private async Task<CallResult> AwaitUnseenVotesAsync(string whyNone, CancellationToken cancellationToken)
    {
        if (!_lost!.Reach.IsFenced && !(Policy.Guard is not null && _silence.GuardWasHeard) && Policy.Assertion is null)
        {
            return CallResult.NotDone(CallFailure.TowerMissing, $"{whyNone}; and what the chain has is not enough while {Pair.Source.Name} may go on casting votes that nobody sees: it must be fenced, guarded, or a person say that it does not");
        }

        var (begun, landed) = (time.GetTimestamp(), Landed);
        ulong? since = null;
        while (time.GetElapsedTime(begun) <= UnseenVotesPatience)
        {
            await Watch.LookAsync(cancellationToken).ConfigureAwait(false);
            var sight = Watch.History.Sight;
            since ??= sight.CannotTell is null ? sight.Slot : null;
            if (Landed > landed)
            {
                return CallResult.NotDone(CallFailure.Refused, $"a vote for slot {Landed} has landed while the unseen ones were waited for: somebody votes");
            }

            var left = sight is { CannotTell: null, Slot: { } newest } && since is { } from ? UnseenVotes.SlotsLeft(newest, from) : UnseenVotes.LockedSlots;
            if (left == 0 && await FinalizedAsync(cancellationToken).ConfigureAwait(false) >= landed)
            {
                (_isRebuilt, _rebuiltFrom) = (true, landed);
                _notes.Add($"The target makes its tower up from the chain, as the policy allows, because {whyNone}. Votes that never landed are forgotten; none of them can bind after {UnseenVotes.LockedSlots} slots.");
                return CallResult.Done($"none; to be rebuilt from the chain, last landed vote {landed}");
            }

            Note(SwitchoverStep.TakeTower, $"{left} slots until unseen votes bind nothing any more");
            await Task.Delay(Watch.Options.LookEvery, time, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return CallResult.NotDone(CallFailure.TimedOut, $"{whyNone}; and whether unseen votes still bind could not be told within {UnseenVotesPatience.TotalMinutes:0} min: {Watch.Verdict}");
    }

    private async Task<ulong> FinalizedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Pair.Cluster.GetSlotAsync(Commitment.Finalized, cancellationToken).WaitAsync(Policy.CallLimit, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ClusterRpcException or TimeoutException)
        {
            return 0;
        }
    }
}
