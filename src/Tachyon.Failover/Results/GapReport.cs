using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>The gap of a completed switchover.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class GapReport : IJsonReport
{
    internal GapReport()
    {
    }

    /// <summary>The slot of the source's last vote, from its final tower.</summary>
    public ulong SourceLastVote { get; internal init; }

    /// <summary>The slot of the target's first vote.</summary>
    public ulong TargetFirstVote { get; internal init; }

    /// <summary>The slots between the two, with or without blocks.</summary>
    public int Slots => (int)(TargetFirstVote - SourceLastVote - 1);

    /// <summary>
    /// The blocks between the two without a vote. If the cluster's RPC did not say which slots were skipped, all of
    /// <see cref="Slots"/> count.
    /// </summary>
    public int MissedSlots { get; internal init; }

    /// <summary>The slots of those blocks, ascending; null if the cluster's RPC did not say which slots were skipped.</summary>
    public IReadOnlyList<ulong>? MissedBlocks { get; internal init; }

    /// <summary>
    /// From the source's last saved vote to the target's first, by the arrival of both towers at the coordinator; null if a tower stream was missing.
    /// </summary>
    public TimeSpan? Duration { get; internal init; }

    /// <summary>
    /// The coordinator's own share: from the arrival of the source's final tower until the promotion was sent. It contains the check of the tower and the write to the journal;
    /// the rest of the gap is due to the nodes and the network. Null without a seal, as in most takeovers.
    /// </summary>
    public TimeSpan? CoordinatorTime { get; internal init; }

    /// <summary>
    /// Votes of the identity that landed in the first blocks after the gap and were refused. Votes refused for their age do not count, because they are
    /// harmless. Null if the cluster's RPC has no blocks.
    /// </summary>
    public int? RefusedVotes { get; internal init; }

    /// <summary>
    /// Leader slots of the identity after the source's last vote that have no block, as far as the chain was known when the gap was measured: some 5 slots after the target's first vote. A validator that has
    /// taken an identity skips its own leader slots until one of its new votes is rooted (validator.md, "Leader slots after a promotion"). Null if the cluster's RPC did not say.
    /// </summary>
    public int? SkippedLeaderSlots { get; internal init; }

    /// <summary>
    /// Leader slots of the source, up to 8 before its last vote, that have no block in the chain: a source that is demoted in the middle of its own leader slots leaves the blocks of that turn as orphans.
    /// Null if the cluster's RPC did not say.
    /// </summary>
    public int? OrphanedBlocks { get; internal init; }

    /// <summary>Leader slots of the identity that come before a vote of the target is rooted.</summary>
    internal IReadOnlyList<ulong> LeaderSlotsAhead { get; init; } = [];

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("sourceLastVote", SourceLastVote)
        .Add("targetFirstVote", TargetFirstVote)
        .Add("slots", Slots)
        .Add("missedSlots", MissedSlots)
        .Add("missedBlocks", MissedBlocks)
        .Add("durationMilliseconds", Duration)
        .Add("ownWorkMilliseconds", CoordinatorTime)
        .Add("refusedVotes", RefusedVotes)
        .Add("skippedLeaderSlots", SkippedLeaderSlots)
        .Add("orphanedBlocks", OrphanedBlocks);

    /// <inheritdoc/>
    public override string ToString()
    {
        var duration = Duration is { } gap ? $", {gap.TotalMilliseconds:0} ms" : "";
        var blocks = $"{(SkippedLeaderSlots > 0 ? $", skipped leader slots: {SkippedLeaderSlots}" : "")}{(OrphanedBlocks > 0 ? $", orphaned blocks of the source: {OrphanedBlocks}" : "")}";
        return $"votes for slot {SourceLastVote} and then {TargetFirstVote}: {MissedSlots} missed {(MissedSlots == 1 ? "slot" : "slots")}{duration}, refused votes: {RefusedVotes?.ToString() ?? "unknown"}{blocks}";
    }
}
