namespace Tachyon.Failover.Testing.StandIns;

/// <summary>
/// The chain's view of our vote account. It comes from the cluster process, which reads only what nodes sent and what landed, and
/// never asks a node or a coordinator.
/// </summary>
public sealed record ChainReport
{
    /// <summary>The first slot of the report.</summary>
    public required ulong FirstSlot { get; init; }

    /// <summary>The last slot of the report. The newest slots are left out: votes for them may still land.</summary>
    public required ulong LastSlot { get; init; }

    /// <summary>Every slot of the report, ascending.</summary>
    public required IReadOnlyList<SlotReport> Slots { get; init; }

    /// <summary>Slots with a block for which the vote account never had a vote (<see cref="SlotReport.VotedInBlock"/>).</summary>
    public required int MissedSlots { get; init; }

    /// <summary>Votes in blocks that the vote program refused, except those that were too old. Those are harmless: every vote that lands twice gets that refusal (validator.md).</summary>
    public required int RefusedVotes { get; init; }

    /// <summary>
    /// Votes that show two voters: for a slot that another node has voted for as well, or between two votes of another node that
    /// still votes.
    /// </summary>
    public required int DoubleVotes { get; init; }

    /// <summary>Credits that were not earned: 16 for a missed slot, fewer for a vote that landed late.</summary>
    public required int LostCredits { get; init; }

    /// <summary>The changes of the voting node, oldest first.</summary>
    public required IReadOnlyList<VoterChange> Changes { get; init; }
}
