namespace Tachyon.Failover.Hosts;

/// <summary>
/// The sign of life that a guard leaves on its node, and that a watch reads from outside. A policy may name a guard that nobody has started: it counts as evidence only if the watch has heard of it before the
/// node fell silent.
/// </summary>
/// <remarks>Thread-safe. Calls end within a limit of their own, and throw nothing for what a host does. Every call may be repeated.</remarks>
public interface IGuardHeartbeat
{
    /// <summary>Leaves a sign of life in place of the one before. The guard does that, on its own node.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<CallResult> BeatAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the newest sign of life. Changes nothing.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How old it is; not done if there is none since the node's machine was started.</returns>
    Task<CallResult<GuardBeat>> ReadAsync(CancellationToken cancellationToken = default);
}
