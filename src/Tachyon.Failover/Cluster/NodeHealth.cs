namespace Tachyon.Failover.Cluster;

/// <summary>What a node says of its own health (<c>getHealth</c>).</summary>
public sealed record NodeHealth
{
    /// <summary>Whether it says <c>ok</c>.</summary>
    public required bool IsHealthy { get; init; }

    /// <summary>How many slots it is behind the cluster; null if it does not say.</summary>
    public ulong? SlotsBehind { get; init; }

    /// <summary>Its own words when it is not healthy; null when it is.</summary>
    public string? Message { get; init; }
}
