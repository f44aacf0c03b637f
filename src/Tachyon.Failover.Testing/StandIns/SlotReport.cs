namespace Tachyon.Failover.Testing.StandIns;

/// <summary>The chain's view of one slot.</summary>
public sealed record SlotReport
{
    /// <summary>The slot.</summary>
    public required ulong Slot { get; init; }

    /// <summary>Whether it has a block. A slot without a block cannot be voted for.</summary>
    public required bool HasBlock { get; init; }

    /// <summary>The votes for this slot that were sent, in the order of arrival.</summary>
    public required IReadOnlyList<VoteReport> Votes { get; init; }

    /// <summary>
    /// The slot of the first block whose vote account has a vote for this slot: its own vote, or the tower of a later vote. A vote carries the
    /// whole tower, so the next vote replaces a vote that was lost or overtaken, and earns the credits that its delay leaves. Null if there is none.
    /// </summary>
    public ulong? VotedInBlock { get; init; }

    /// <summary>Whether a vote for this slot itself was taken.</summary>
    public bool HasLandedVote => Votes.Any(vote => vote is { BlockSlot: not null, Error: null });
}
