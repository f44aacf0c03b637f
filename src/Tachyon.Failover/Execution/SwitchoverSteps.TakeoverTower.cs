using Tachyon.Failover.Cluster;
using Tachyon.Failover.Takeover;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Execution;

/// <summary>Which tower the target of a takeover gets, and what must pass before it is used.</summary>
internal sealed partial class SwitchoverSteps
{
    // A vote lands within a slot or two, or never.
    private static readonly TimeSpan QuietPatience = TimeSpan.FromMinutes(1);

    // 256 slots take less than two minutes.
    private static readonly TimeSpan UnseenVotesPatience = TimeSpan.FromMinutes(10);

    private bool _isRebuilt;
    private ulong _rebuiltFrom;

    // The witnesses take precedence. The answer of a single RPC counts only without them.
    private ulong Landed => Watch.History.Sight.LastVote ?? _voteAccount?.LastVote ?? 0;

    // By the witnesses' clocks, and by the chain's, which also covers the time before this program started.
    private TimeSpan SilenceSoFar => Watch.History.Sight is { Slot: { } slot, LastVote: { } vote } sight && slot > vote && (slot - vote) * options.Slot is var slots && slots > sight.Silence ? slots : _silence.Silence;

    private async Task<CallResult> TakeTowerAsync(CancellationToken cancellationToken)
    {
        var own = _lost!.Reach.ShellAnswers ? (await _lost.ReadTowerAsync(TimeSpan.Zero).ConfigureAwait(false)).Value : null;
        var (tower, words) = await ChooseTowerAsync(own).ConfigureAwait(false);

        // A sealed or stopped node has its last vote on its disk. Any other tower may lack a vote that is under way to the chain.
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

    /// <summary>Waits until no vote that was under way can land any more.</summary>
    private async Task<CallResult> AwaitQuietAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) <= QuietPatience)
        {
            await Watch.LookInTurnAsync(cancellationToken).ConfigureAwait(false);
            if (_lost!.FencedAt is { } fencedAt && Watch.History.Sight.LastVote is { } voted && voted > fencedAt)
            {
                return CallResult.NotDone(CallFailure.Refused, $"a vote for slot {voted} has landed, and the chain was at slot {fencedAt} when {Pair.Source.Name} had been fenced: a node votes");
            }

            if (Watch.History.Sight is { UnknownReason: null, Slot: { } slot, LastVote: { } vote } && slot >= vote + (ulong)Policy.Detection.HealthySlots)
            {
                return CallResult.Done();
            }

            Note(FailoverStep.ChooseTower, $"waits until no vote of the lost node can come late: {Watch.Verdict}");
            await Task.Delay(options.Slot, time, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return CallResult.NotDone(CallFailure.TimedOut, $"unknown after {QuietPatience.TotalSeconds:0} s whether the newest vote has landed: {Watch.Verdict}");
    }

    /// <summary>Without a tower the validator rebuilds one from the landed votes. This waits until no unseen vote of the lost node still binds (docs/safety.md).</summary>
    private async Task<CallResult> AwaitUnseenVotesAsync(string whyNone, CancellationToken cancellationToken)
    {
        if (!_lost!.Reach.IsFenced && !(Policy.Guard is not null && _silence.GuardWasHeard) && Policy.OperatorStatement is null)
        {
            return CallResult.NotDone(CallFailure.TowerMissing, $"{whyNone}; and the chain is not enough while {Pair.Source.Name} may still cast votes that do not land: fence it, guard it, or have the operator state that it does not vote");
        }

        var (begun, landed) = (time.GetTimestamp(), Landed);
        ulong? since = null;
        while (time.GetElapsedTime(begun) <= UnseenVotesPatience)
        {
            await Watch.LookInTurnAsync(cancellationToken).ConfigureAwait(false);
            var sight = Watch.History.Sight;
            since ??= sight.UnknownReason is null ? sight.Slot : null;
            if (Landed > landed)
            {
                return CallResult.NotDone(CallFailure.Refused, $"a vote for slot {Landed} has landed during the wait for unseen votes: a node votes");
            }

            var left = sight is { UnknownReason: null, Slot: { } newest } && since is { } from ? UnseenVotes.SlotsLeft(newest, from) : UnseenVotes.LockedSlots;
            if (left == 0 && await FinalizedAsync(cancellationToken).ConfigureAwait(false) >= landed)
            {
                (_isRebuilt, _rebuiltFrom) = (true, landed);
                _notes.Add($"The target rebuilds its tower from the chain, as the policy allows, because {whyNone}. Votes that never landed are forgotten; none of them can bind after {UnseenVotes.LockedSlots} slots.");
                return CallResult.Done($"none; to be rebuilt from the chain, last landed vote {landed}");
            }

            Note(FailoverStep.ChooseTower, $"{left} slots until unseen votes no longer bind");
            await Task.Delay(Watch.Options.Interval, time, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return CallResult.NotDone(CallFailure.TimedOut, $"{whyNone}; and unknown after {UnseenVotesPatience.TotalMinutes:0} min whether unseen votes still bind: {Watch.Verdict}");
    }

    private async Task<ulong> FinalizedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Pair.Cluster.GetSlotAsync(Commitment.Finalized, cancellationToken).WaitAsync(Policy.CallTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ClusterRpcException or TimeoutException)
        {
            return 0;
        }
    }
}
