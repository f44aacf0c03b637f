namespace Tachyon.Failover.Hosts;

/// <summary>A way to wait until the active validator will not lead for a while.</summary>
/// <remarks>Thread-safe. Changes nothing; may be repeated.</remarks>
public interface IRestartWindow
{
    /// <summary>Waits for a window, however long it takes; the caller sets the limit by cancelling.</summary>
    /// <param name="minimumIdle">How long the validator must have no leader slot, counted from the end of the wait.</param>
    /// <param name="notes">Gets a line now and then that says what is waited for; null if nobody reads it.</param>
    /// <param name="cancellationToken">Gives up; the result is then <see cref="CallFailure.Cancelled"/>.</param>
    Task<CallResult> WaitAsync(TimeSpan minimumIdle, IProgress<string>? notes, CancellationToken cancellationToken = default);
}
