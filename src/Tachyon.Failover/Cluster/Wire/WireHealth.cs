namespace Tachyon.Failover.Cluster.Wire;

/// <summary>The data of the error with which <c>getHealth</c> reports an unhealthy node.</summary>
internal sealed record WireHealth
{
    public ulong? NumSlotsBehind { get; init; }
}
