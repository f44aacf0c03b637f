namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>One switchover: what the chain saw of it, and, where it is known, what the coordinator says.</summary>
/// <param name="Completed">Whether it completed. The others are reported, but not counted.</param>
/// <param name="IsGone">Whether the node that had taken the identity ended after that: no node votes any more. Such a run counts for nothing else.</param>
/// <param name="MissedSlots">Blocks for which the vote account never had a vote.</param>
/// <param name="RefusedVotes">Votes in blocks that the vote program refused, except those that were too old.</param>
/// <param name="LostCredits">16 for a missed slot, fewer for a vote that landed late.</param>
/// <param name="Gap">From the last landed vote of the one node to the first of the other.</param>
/// <param name="Result">The library's result; null for another way.</param>
internal sealed record GapSample(bool Completed, bool IsGone, int MissedSlots, int RefusedVotes, int LostCredits, TimeSpan Gap, FailoverResult? Result)
{
    /// <summary>The coordinator's own part of the gap; null for a way that does not say.</summary>
    public TimeSpan? CoordinatorTime => Result?.Gap?.CoordinatorTime;

    public override string ToString() =>
        $"completed {Completed}, gone {IsGone}, missed {MissedSlots}, refused {RefusedVotes}, lost credits {LostCredits}, gap {Gap.TotalMilliseconds:0} ms, own work {CoordinatorTime?.TotalMilliseconds:0.0} ms";
}
