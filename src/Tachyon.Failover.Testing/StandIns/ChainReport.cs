namespace Tachyon.Failover.Testing.StandIns;

/// <summary>
/// What the chain saw of our vote account. It comes from the cluster process, which reads only what nodes sent and what landed, and
/// never asks a node or a coordinator.
/// </summary>
public sealed record ChainReport
{
    /// <summary>The first slot of the report.</summary>
    public required ulong FirstSlot { get; init; }

    /// <summary>The last slot of the report: the newest ones are left out, since votes for them may still land.</summary>
    public required ulong LastSlot { get; init; }

    /// <summary>Every slot of it, ascending.</summary>
    public required IReadOnlyList<SlotReport> Slots { get; init; }

    /// <summary>Slots that have a block, and that the vote account never had a vote for (<see cref="SlotReport.VotedInBlock"/>).</summary>
    public required int MissedSlots { get; init; }

    /// <summary>Votes in blocks that the vote program refused, other than for being too old: that is harmless, and happens to every vote that lands twice (validator.md).</summary>
    public required int RefusedVotes { get; init; }

    /// <summary>
    /// Votes that show two voters: for a slot that another node has voted for as well, or between two votes of another node that is
    /// still voting.
    /// </summary>
    public required int DoubleVotes { get; init; }

    /// <summary>Credits that were not earned: 16 for a missed slot, fewer for a vote that landed late.</summary>
    public required int LostCredits { get; init; }

    /// <summary>When the voting went from node to node, oldest first.</summary>
    public required IReadOnlyList<VoterChange> Changes { get; init; }
}
