namespace Tachyon.Failover.Testing.StandIns;

/// <summary>What the chain saw of one slot.</summary>
public sealed record SlotReport
{
    /// <summary>The slot.</summary>
    public required ulong Slot { get; init; }

    /// <summary>Whether it has a block. A slot without one cannot be voted for.</summary>
    public required bool HasBlock { get; init; }

    /// <summary>The votes for this slot that were sent, in the order in which they arrived.</summary>
    public required IReadOnlyList<VoteReport> Votes { get; init; }

    /// <summary>
    /// The slot of the first block whose vote account has a vote for this slot: one of its own, or one in the tower that a later vote brought along. A vote carries the
    /// whole tower, so one that was lost, or overtaken, on its way is made good by the next, and earns what its delay leaves of its credits. Null if there is none.
    /// </summary>
    public ulong? VotedInBlock { get; init; }

    /// <summary>Whether a vote for this slot by itself was taken.</summary>
    public bool HasLandedVote => Votes.Any(vote => vote is { BlockSlot: not null, Error: null });
}
