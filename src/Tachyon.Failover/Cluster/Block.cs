namespace Tachyon.Failover.Cluster;

/// <summary>A block, as far as votes are read from it (<c>getBlock</c>).</summary>
public sealed class Block
{
    /// <summary>The slot of the block.</summary>
    public required ulong Slot { get; init; }

    /// <summary>The slot of the parent block.</summary>
    public required ulong ParentSlot { get; init; }

    /// <summary>Its transactions, in order.</summary>
    public required IReadOnlyList<BlockTransaction> Transactions { get; init; }
}
