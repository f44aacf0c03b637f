using Tachyon.Failover.Cluster;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>Finds the tower for the target of a takeover, and waits for what must pass before it is used.</summary>
internal sealed class ChooseTowerStep(RunContext run, TakeoverContext takeover) : CallStep(FailoverStep.ChooseTower)
{
    // A vote lands within a slot or two, or never.
    private static readonly TimeSpan QuietPatience = TimeSpan.FromMinutes(1);

    // 256 slots take less than two minutes.
    private static readonly TimeSpan UnseenVotesPatience = TimeSpan.FromMinutes(10);

    private ValidatorMonitor Watch => takeover.Watch;

    protected override async Task<CallResult> CallAsync(CancellationToken cancellationToken)
    {
        var lost = takeover.Lost;
        var own = lost.Reach.ShellAnswers ? (await lost.ReadTowerAsync(TimeSpan.Zero).ConfigureAwait(false)).Value : null;
        var (tower, words) = await InheritedTowers.ChooseAsync(run, takeover, own).ConfigureAwait(false);

        // A sealed or stopped node has its last vote on its disk. Any other tower may lack a vote that is under way to the chain.
        if (!(tower is not null && tower.File.Equals(own) && await lost.HasVotedItsLastAsync(takeover.SilenceSoFar).ConfigureAwait(false)))
        {
            var quiet = await AwaitQuietAsync(cancellationToken).ConfigureAwait(false);
            if (!quiet.IsDone)
            {
                return quiet;
            }

            (tower, words) = await InheritedTowers.ChooseAsync(run, takeover, own).ConfigureAwait(false);
        }

        if (tower is null)
        {
            return takeover.Policy.Tower == TakeoverTower.FromChain
                ? await AwaitUnseenVotesAsync(words, cancellationToken).ConfigureAwait(false)
                : CallResult.NotDone(CallFailure.TowerMissing, words);
        }

        run.FinalTower = tower;
        return CallResult.Done(words);
    }

    /// <summary>Waits until no vote that was under way can land any more.</summary>
    private async Task<CallResult> AwaitQuietAsync(CancellationToken cancellationToken)
    {
        var begun = run.Time.GetTimestamp();
        while (run.Time.GetElapsedTime(begun) <= QuietPatience)
        {
            await Watch.ProbeInTurnAsync(cancellationToken).ConfigureAwait(false);
            if (takeover.Lost.FencedAt is { } fencedAt && Watch.History.Sight.LastVote is { } voted && voted > fencedAt)
            {
                return CallResult.NotDone(CallFailure.Refused, $"a vote for slot {voted} has landed, and the chain was at slot {fencedAt} when {run.Pair.Source.Name} had been fenced: a node votes");
            }

            if (Watch.History.Sight is { UnknownReason: null, Slot: { } slot, LastVote: { } vote } && slot >= vote + (ulong)takeover.Policy.Detection.HealthySlots)
            {
                return CallResult.Done();
            }

            run.Progress(Step, $"waits until no vote of the lost node can come late: {Watch.Verdict}");
            await run.Time.DelayAsync(run.Options.Slot, cancellationToken).ConfigureAwait(false);
        }

        return CallResult.NotDone(CallFailure.TimedOut, $"unknown after {QuietPatience.TotalSeconds:0} s whether the newest vote has landed: {Watch.Verdict}");
    }

    /// <summary>Without a tower the validator rebuilds one from the landed votes. This waits until no unseen vote of the lost node still binds (docs/safety.md).</summary>
    private async Task<CallResult> AwaitUnseenVotesAsync(string whyNone, CancellationToken cancellationToken)
    {
        if (!takeover.Lost.Reach.IsFenced && !(takeover.Policy.Guard is not null && takeover.Silence.GuardWasHeard) && takeover.Policy.OperatorStatement is null)
        {
            return CallResult.NotDone(CallFailure.TowerMissing, $"{whyNone}; and the chain is not enough while {run.Pair.Source.Name} may still cast votes that do not land: fence it, guard it, or have the operator state that it does not vote");
        }

        var (begun, landed) = (run.Time.GetTimestamp(), takeover.Landed);
        ulong? since = null;
        while (run.Time.GetElapsedTime(begun) <= UnseenVotesPatience)
        {
            await Watch.ProbeInTurnAsync(cancellationToken).ConfigureAwait(false);
            var sight = Watch.History.Sight;
            since ??= sight.UnknownReason is null ? sight.Slot : null;
            if (takeover.Landed > landed)
            {
                return CallResult.NotDone(CallFailure.Refused, $"a vote for slot {takeover.Landed} has landed during the wait for unseen votes: a node votes");
            }

            var left = sight is { UnknownReason: null, Slot: { } newest } && since is { } from ? UnseenVotes.SlotsLeft(newest, from) : UnseenVotes.LockedSlots;
            if (left == 0 && await FinalizedAsync(cancellationToken).ConfigureAwait(false) >= landed)
            {
                takeover.RebuiltFrom = landed;
                run.Note(
                    NoteCodes.TowerRebuilt,
                    run.Pair.Target.Name,
                    $"The target rebuilds its tower from the chain, as the policy allows, because {whyNone}. Votes that never landed are forgotten; none of them can bind after {UnseenVotes.LockedSlots} slots.",
                    ("slot", landed));
                return CallResult.Done($"none; to be rebuilt from the chain, last landed vote {landed}");
            }

            run.Progress(Step, $"{left} slots until unseen votes no longer bind");
            await run.Time.DelayAsync(Watch.Options.Interval, cancellationToken).ConfigureAwait(false);
        }

        return CallResult.NotDone(CallFailure.TimedOut, $"{whyNone}; and unknown after {UnseenVotesPatience.TotalMinutes:0} min whether unseen votes still bind: {Watch.Verdict}");
    }

    private async Task<ulong> FinalizedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await run.Pair.Cluster.GetSlotAsync(Commitment.Finalized, cancellationToken).WaitAsync(takeover.Policy.CallTimeout, run.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ClusterRpcException or TimeoutException)
        {
            return 0;
        }
    }
}
