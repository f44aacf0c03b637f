namespace Tachyon.Failover;

/// <summary>Where an operator announces that the validator will be silent for a while, so that it does not count as lost.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IMaintenancePause
{
    /// <summary>The announcement, even if it is over; null if there is none. Changes nothing; may be repeated.</summary>
    /// <exception cref="IOException">It cannot be read. The state is then unknown, and the monitor does nothing.</exception>
    Task<MaintenancePause?> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>Replaces the announcement. May be repeated.</summary>
    /// <exception cref="IOException">It could not be saved.</exception>
    Task PauseAsync(MaintenancePause pause, CancellationToken cancellationToken = default);

    /// <summary>Removes the announcement. May be repeated.</summary>
    /// <exception cref="IOException">It could not be removed.</exception>
    Task ResumeAsync(CancellationToken cancellationToken = default);
}
