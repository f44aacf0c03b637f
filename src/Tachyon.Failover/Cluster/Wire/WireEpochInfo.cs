namespace Tachyon.Failover.Cluster.Wire;

/// <summary>The result of <c>getEpochInfo</c>.</summary>
internal sealed record WireEpochInfo
{
    public required ulong Epoch { get; init; }

    public required ulong SlotIndex { get; init; }

    public required ulong SlotsInEpoch { get; init; }

    public required ulong AbsoluteSlot { get; init; }
}
