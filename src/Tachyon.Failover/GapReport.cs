namespace Tachyon.Failover;

/// <summary>What a completed switchover cost.</summary>
public sealed record GapReport
{
    /// <summary>The slot of the source's last vote, from its final tower.</summary>
    public required ulong SourceLastVote { get; init; }

    /// <summary>The slot of the target's first vote.</summary>
    public required ulong TargetFirstVote { get; init; }

    /// <summary>The slots between the two, blocks or not.</summary>
    public int Slots => (int)(TargetFirstVote - SourceLastVote - 1);

    /// <summary>
    /// The blocks between the two for which nobody voted. Where the cluster's RPC did not say which slots were skipped, all of
    /// <see cref="Slots"/> are counted.
    /// </summary>
    public required int MissedSlots { get; init; }

    /// <summary>The slots of those blocks, ascending; null if the cluster's RPC did not say which slots were skipped.</summary>
    public IReadOnlyList<ulong>? MissedBlocks { get; init; }

    /// <summary>
    /// From the source's last saved vote to the target's first, as the coordinator saw both towers arrive; null if a tower feed was missing.
    /// </summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>
    /// The coordinator's own part of it: from the arrival of the source's final tower until the promotion was sent. The tower is verified and the journal written in
    /// between; all the rest of the gap is the nodes' and the way's. Null where there was no seal to count from, as in most takeovers.
    /// </summary>
    public TimeSpan? OwnWork { get; init; }

    /// <summary>
    /// Votes of the identity that landed in the first blocks after the gap and were refused, other than for being too old, which is
    /// harmless. Null if the cluster's RPC has no blocks to look into.
    /// </summary>
    public int? RefusedVotes { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var duration = Duration is { } gap ? $", {gap.TotalMilliseconds:0} ms" : "";
        return $"votes for slot {SourceLastVote} and then {TargetFirstVote}: {MissedSlots} missed {(MissedSlots == 1 ? "slot" : "slots")}{duration}, refused votes: {RefusedVotes?.ToString() ?? "not known"}";
    }
}
