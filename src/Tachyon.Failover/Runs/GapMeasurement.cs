using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>Measures the gap while the run cleans up. The blocks that show refused votes take some 3 s to come.</summary>
internal sealed class GapMeasurement : IAsyncDisposable
{
    private readonly CancellationTokenSource _deadline;
    private readonly Task<GapReport> _measuring;

    private GapMeasurement(RunContext run, GapMeter meter, Pubkey voteAccount, ulong last, SeenVote first)
    {
        _deadline = new CancellationTokenSource(run.Options.VerifyTimeout, run.Time);
        _measuring = MeasureAsync(run, meter, voteAccount, last, first, _deadline.Token);
    }

    /// <summary>Waits until the target saves its first vote and until it lands. If the vote was seen, the gap is measured from then on.</summary>
    public static async Task<StepObservation> AwaitVoteAsync(RunContext run, FailoverStep step)
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

        run.Measurement ??= new GapMeasurement(run, meter, account.Address, last, seen);
        return voted with { Result = CallResult.Done($"a vote for slot {seen.Slot} has landed; the last one before was for slot {last}") };
    }

    /// <summary>The gap, once it is measured.</summary>
    public Task<GapReport> ResultAsync() => _measuring;

    /// <summary>Ends the measuring.</summary>
    public async ValueTask DisposeAsync()
    {
        _deadline.CancelHere();
        await _measuring.ConfigureAwait(false);
        _deadline.Dispose();
    }

    private static async Task<GapReport> MeasureAsync(RunContext run, GapMeter meter, Pubkey voteAccount, ulong last, SeenVote first, CancellationToken cancellationToken)
    {
        var duration = run.SourceFeed?.SeenAt(last) is { } start ? run.Time.GetElapsedTime(start, first.Timestamp) : (TimeSpan?)null;
        var refused = await meter.CountRefusedAsync(voteAccount, first.Slot, cancellationToken).ConfigureAwait(false);
        var blocks = await meter.BlocksAroundAsync(last, first.Slot, cancellationToken).ConfigureAwait(false);
        var leader = await meter.LeaderSlotsAsync(last, cancellationToken).ConfigureAwait(false);
        var withoutBlock = LeaderSlotRule.WithoutBlock(leader, blocks);
        return new GapReport
        {
            SourceLastVote = last,
            TargetFirstVote = first.Slot,
            MissedSlots = blocks?.Count(IsBetween) ?? (int)(first.Slot - last - 1),
            MissedBlocks = blocks is null ? null : [.. blocks.Where(IsBetween)],
            Duration = duration,
            CoordinatorTime = run.OwnWork,
            RefusedVotes = refused,
            SkippedLeaderSlots = withoutBlock?.Count(slot => slot > last),
            OrphanedBlocks = withoutBlock?.Count(slot => slot <= last),
            LeaderSlotsAhead = LeaderSlotRule.Ahead(leader, blocks, first.Slot),
        };

        bool IsBetween(ulong slot) => slot > last && slot < first.Slot;
    }
}
