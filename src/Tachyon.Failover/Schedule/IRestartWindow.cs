namespace Tachyon.Failover.Schedule;

/// <summary>A way to wait until the active validator will not lead for a while.</summary>
/// <remarks>Thread-safe. Changes nothing; may be repeated, and several waits may go on at once.</remarks>
public interface IRestartWindow
{
    /// <summary>Waits for a window, however long it takes; the caller sets the limit by cancelling.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="notes">Gets a line now and then that says what is waited for; null if nobody reads it.</param>
    /// <param name="cancellationToken">Gives up; the result is then <see cref="CallFailure.Cancelled"/>.</param>
    /// <returns>The window, which is open now; or why there is none: <see cref="CallFailure.NoRestartWindow"/> if it can be told that waiting is of no use.</returns>
    Task<CallResult<OpenRestartWindow>> WaitAsync(RestartWindowRequest request, IProgress<string>? notes, CancellationToken cancellationToken = default);
}
