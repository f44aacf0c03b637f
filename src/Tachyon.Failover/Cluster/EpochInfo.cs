namespace Tachyon.Failover.Cluster;

/// <summary>The chain's place in its epoch (<c>getEpochInfo</c>).</summary>
public sealed class EpochInfo
{
    /// <summary>The number of the epoch.</summary>
    public required ulong Epoch { get; init; }

    /// <summary>The current slot, counted from the first slot of the epoch.</summary>
    public required ulong SlotIndex { get; init; }

    /// <summary>The number of slots in the epoch.</summary>
    public required ulong SlotsInEpoch { get; init; }

    /// <summary>The current slot.</summary>
    public required ulong AbsoluteSlot { get; init; }

    /// <summary>The first slot of the epoch.</summary>
    public ulong FirstSlot => AbsoluteSlot - SlotIndex;
}
