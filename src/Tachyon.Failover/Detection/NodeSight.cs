namespace Tachyon.Failover;

/// <summary>What the active node itself shows, apart from its votes.</summary>
internal sealed record NodeSight
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether its RPC reports that it is healthy; null if it does not answer.</summary>
    public bool? IsHealthy { get; init; }

    /// <summary>The RPC's text about its health, or why it does not answer.</summary>
    public string? Words { get; init; }

    /// <summary>Its newest confirmed slot; null if it does not answer.</summary>
    public ulong? Slot { get; init; }

    /// <summary>Which of its ports answer; null if they were not tried.</summary>
    public IReadOnlyList<string>? OpenPorts { get; init; }
}
