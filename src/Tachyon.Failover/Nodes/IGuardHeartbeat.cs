namespace Tachyon.Failover.Nodes;

/// <summary>
/// The heartbeat that a guard leaves on its node, and that a monitor reads from outside. A policy may name a guard that does not run:
/// a guard counts as evidence only if the monitor has heard it before the silence.
/// </summary>
/// <remarks>Thread-safe. Each call has its own time limit, and none throws for what a host does. Every call may be repeated.</remarks>
public interface IGuardHeartbeat
{
    /// <summary>Replaces the newest heartbeat. The guard calls it, on its own node.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<CallResult> BeatAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the newest heartbeat. Changes nothing.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Its age; not done if there is none since the node's machine started.</returns>
    Task<CallResult<GuardBeat>> ReadAsync(CancellationToken cancellationToken = default);
}
