namespace Tachyon.Failover.Cluster.Wire;

/// <summary>The data of the error by which <c>getHealth</c> says no.</summary>
internal sealed record WireHealth
{
    public ulong? NumSlotsBehind { get; init; }
}
