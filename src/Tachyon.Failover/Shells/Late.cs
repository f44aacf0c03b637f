namespace Tachyon.Failover.Shells;

/// <summary>
/// Waits for what is being made, a session or a connection, and closes it if it comes after nobody wants it any more. Nothing else may give up waiting for such a task: what comes then would stay
/// open for good, and may hold a lock.
/// </summary>
internal static class Late
{
    /// <summary>What was made; if the wait is given up, it is closed whenever it comes.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static Task<T> OrClosedLateAsync<T>(this Task<T> making, CancellationToken cancellationToken)
        where T : class => making.OrClosedLateAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    /// <summary>The same, with a limit.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="TimeoutException">It was not there within the limit.</exception>
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

    /// <summary>Closes what is being made, as soon as it is there. If it cannot be made, nobody hears of it.</summary>
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
            // There is nobody left to tell.
        }
    }
}
