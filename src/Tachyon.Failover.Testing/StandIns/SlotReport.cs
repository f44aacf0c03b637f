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

    /// <summary>Whether a vote for it was taken.</summary>
    public bool HasLandedVote => Votes.Any(vote => vote is { BlockSlot: not null, Error: null });
}
