using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.Towers;

/// <summary>The contents of a tower file. Everything else is the same in every file that validators since 2.2 save.</summary>
public sealed record TowerContents
{
    /// <summary>The identity whose tower it is.</summary>
    public required Pubkey Node { get; init; }

    /// <summary>The votes, oldest first, slots not descending, counts 0 to 255; a real tower has at most 31.</summary>
    public required IReadOnlyList<TowerVote> Votes { get; init; }

    /// <summary>The rooted slot, not above the oldest vote; null if nothing is rooted.</summary>
    public ulong? Root { get; init; }

    /// <summary>Who may withdraw from the vote account; null for the 32 zeros that validators since 2.2 save.</summary>
    public Pubkey? AuthorizedWithdrawer { get; init; }

    /// <summary>The hash of the last voted bank: 32 bytes, or none for zeros.</summary>
    public ReadOnlyMemory<byte> LastVoteHash { get; init; }

    /// <summary>The time in the last vote, in seconds since 1970-01-01 UTC; null if it carries none.</summary>
    public long? LastVoteUnixSeconds { get; init; }

    /// <summary>The id of the last voted block: 32 bytes, or none for zeros, as with a validator that did not know it.</summary>
    public ReadOnlyMemory<byte> LastVoteBlockId { get; init; }

    /// <summary>
    /// The last timestamp for a slot. Real validators have the newest vote but one as slot, and the same seconds as the last vote.
    /// </summary>
    public (ulong Slot, long UnixSeconds) LastTimestamp { get; init; }
}
