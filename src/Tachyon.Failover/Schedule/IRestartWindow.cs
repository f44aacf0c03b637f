namespace Tachyon.Failover.Schedule;

/// <summary>Waits until the active validator does not lead for a while.</summary>
/// <remarks>Thread-safe. Changes nothing; may be repeated, and several waits may run at once.</remarks>
public interface IRestartWindow
{
    /// <summary>Waits for a window, without a limit of its own; the caller sets the limit by canceling.</summary>
    /// <param name="request">The required window.</param>
    /// <param name="notes">Receives a line now and then about the progress of the wait; null for none.</param>
    /// <param name="cancellationToken">Cancels the wait; the result is then <see cref="CallFailure.Canceled"/>.</param>
    /// <returns>The window, which is open now; or why there is none: <see cref="CallFailure.NoRestartWindow"/> if waiting certainly does not help.</returns>
    Task<CallResult<OpenRestartWindow>> WaitAsync(RestartWindowRequest request, IProgress<string>? notes, CancellationToken cancellationToken = default);
}
