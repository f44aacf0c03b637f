namespace Tachyon.Failover.Shells;

/// <summary>
/// Waits for a session or a connection that is being opened, and closes it if it opens after the wait was canceled. No other code may stop waiting for such a task:
/// the session would stay open for good, and may hold a lock.
/// </summary>
internal static class Late
{
    /// <summary>Returns the opened object. If the wait is canceled, the object is closed as soon as it is open.</summary>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public static Task<T> OrClosedLateAsync<T>(this Task<T> making, CancellationToken cancellationToken)
        where T : class => making.OrClosedLateAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    /// <summary>The same, with a limit.</summary>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    /// <exception cref="TimeoutException">It was not open within the limit.</exception>
    public static async Task<T> OrClosedLateAsync<T>(this Task<T> making, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await making.WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            CloseLate(making);
            throw;
        }
    }

    /// <summary>Closes the object as soon as it is open. An error while opening is ignored.</summary>
    public static void CloseLate<T>(Task<T> making)
        where T : class => _ = CloseLateAsync(making);

    private static async Task CloseLateAsync<T>(Task<T> making)
        where T : class
    {
        try
        {
            switch (await making.ConfigureAwait(false))
            {
                case IAsyncDisposable made:
                    await made.DisposeAsync().ConfigureAwait(false);
                    break;
                case IDisposable made:
                    made.Dispose();
                    break;
            }
        }
        catch (Exception)
        {
            // There is no caller left to inform.
        }
    }
}
