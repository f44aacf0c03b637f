namespace Tachyon.Failover.Watch;

/// <summary>Where an operator announces that the validator will be silent for a while, so that nobody takes it for lost.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IWatchPause
{
    /// <summary>What is announced, whether it is over or not; null if nothing is. Changes nothing; may be repeated.</summary>
    /// <exception cref="IOException">It cannot be read. A watch then cannot tell, and does nothing.</exception>
    Task<WatchPause?> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>Announces a pause in place of the one before. May be repeated.</summary>
    /// <exception cref="IOException">It could not be kept.</exception>
    Task PauseAsync(WatchPause pause, CancellationToken cancellationToken = default);

    /// <summary>Takes the announcement back. May be repeated.</summary>
    /// <exception cref="IOException">It could not be taken back.</exception>
    Task ResumeAsync(CancellationToken cancellationToken = default);
}
