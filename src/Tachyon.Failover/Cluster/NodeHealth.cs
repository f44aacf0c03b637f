namespace Tachyon.Failover.Cluster;

/// <summary>What a node reports about its health (<c>getHealth</c>).</summary>
public sealed class NodeHealth
{
    /// <summary>Whether it reports <c>ok</c>.</summary>
    public required bool IsHealthy { get; init; }

    /// <summary>How many slots it is behind the cluster; null if it does not report that.</summary>
    public ulong? SlotsBehind { get; init; }

    /// <summary>Its own text when it is not healthy; null when it is.</summary>
    public string? Message { get; init; }
}
