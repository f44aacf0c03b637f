namespace Tachyon.Failover.Towers;

/// <summary>
/// The newest vote as it was sent to the cluster. Its slots and root are not repeated here: a file in which they differ
/// from the tower's own does not decode.
/// </summary>
/// <remarks>Immutable.</remarks>
internal sealed class TowerLastVote
{
    /// <summary>The hash of the bank voted for: 32 bytes.</summary>
    public ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>The time in the vote, in seconds since 1970-01-01 UTC; null if the vote carries none.</summary>
    public long? UnixSeconds { get; init; }

    /// <summary>The id of the block voted for: 32 bytes, all zero if the validator did not know it (seen in recordings).</summary>
    public ReadOnlyMemory<byte> BlockId { get; init; }
}
