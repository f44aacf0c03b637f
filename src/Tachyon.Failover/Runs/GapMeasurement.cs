using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Runs;

/// <summary>Waits for the target's first votes, and measures the gap.</summary>
internal static class GapMeasurement
{
    /// <summary>Waits until the target saves its first vote and until it lands, and measures the gap.</summary>
    public static async Task<StepObservation> RunAsync(RunContext run, FailoverStep step)
    {
        var (last, target, limit) = (run.LastKnownVote!.Value, run.Pair.Target.Name, run.Options.VerifyTimeout);
        var meter = new GapMeter(run.Given.Cluster, run.Given.StakedIdentity, run.Options.Slot, run.Time);
        var voted = await VoterProof.FindAsync(run, step, NodeSide.Target, last, mustLand: true).ConfigureAwait(false);
        if (!voted.Result.IsDone)
        {
            return voted;
        }

        using var deadline = new CancellationTokenSource(limit, run.Time);
        var seen = await run.TargetFeed!.FirstAfterAsync(last, deadline.Token).ConfigureAwait(false);
        var account = await meter.AwaitLandedAsync(run.VoteAccount?.Address, seen?.Slot ?? (last + 1), deadline.Token).ConfigureAwait(false);
        if (account is null)
        {
            return voted with
            {
                Result = CallResult.NotDone(
                    CallFailure.TimedOut,
                    $"no vote of {target} landed within {limit.TotalSeconds:0} s; it {(seen is null ? "was not seen to save one" : $"saved one for slot {seen.Slot}")}"),
            };
        }

        if (seen is null)
        {
            run.Note(NoteCodes.GapUnknown, target, $"Votes of {target} land (the newest for slot {account.LastVote}), but its tower could not be watched, so the gap is unknown.", ("slot", account.LastVote));
            return voted with { Result = CallResult.Done($"a vote for slot {account.LastVote} has landed") };
        }

        var first = seen.Slot;
        var missed = await meter.BlocksBetweenAsync(last, first, deadline.Token).ConfigureAwait(false);
        run.Gap = new GapReport
        {
            SourceLastVote = last,
            TargetFirstVote = first,
            MissedSlots = missed?.Count ?? (int)(first - last - 1),
            MissedBlocks = missed,
            Duration = run.SourceFeed?.SeenAt(last) is { } start ? run.Time.GetElapsedTime(start, seen.Timestamp) : null,
            CoordinatorTime = run.OwnWork,
            RefusedVotes = await meter.CountRefusedAsync(account.Address, first, deadline.Token).ConfigureAwait(false),
        };
        return voted with { Result = CallResult.Done(run.Gap.ToString()) };
    }
}
