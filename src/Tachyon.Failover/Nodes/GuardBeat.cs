namespace Tachyon.Failover.Nodes;

/// <summary>A guard's newest heartbeat. Immutable.</summary>
public sealed class GuardBeat
{
    /// <summary>Its age when it was read, by the node's uptime. The uptime cannot be set, and it advances while a machine is suspended.</summary>
    public required TimeSpan Age { get; init; }
}
