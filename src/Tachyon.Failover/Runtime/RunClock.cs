namespace Tachyon.Failover.Runtime;

/// <summary>
/// All waiting of the library. It follows the <see cref="TimeProvider"/> alone: in production its timers fire on the thread pool, in a simulated world within the world's events, so that the same seed
/// gives the same run.
/// </summary>
internal static class RunClock
{
    /// <summary>Waits, and throws when canceled. A canceled caller continues on the canceling thread: after a canceled <c>Task.Delay</c> it would continue on another one.</summary>
    public static Task DelayAsync(this TimeProvider time, TimeSpan length, CancellationToken cancellationToken = default) =>
#pragma warning disable RS0030 // The one place that waits.
        Task.Delay(length, time, CancellationToken.None).WaitAsync(cancellationToken);
#pragma warning restore RS0030

    /// <summary>Waits for the time or the cancellation, and throws for neither.</summary>
    public static async Task PauseAsync(this TimeProvider time, TimeSpan length, CancellationToken cancellationToken) =>
        await time.DelayAsync(length, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Cancels on this thread, because a run must not continue on one of the pool. Throws nothing.</summary>
    public static void CancelHere(this CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (AggregateException)
        {
            // A part of an embedder may throw anything when it is canceled. It has ended then.
        }
    }

    /// <summary>Starts work where timers fire, because it may block before its first await. What it throws is in the returned task.</summary>
    public static async Task<T> ForkAsync<T>(this TimeProvider time, Func<Task<T>> work)
    {
        var begun = new TaskCompletionSource<Task<T>>();
        var timer = time.CreateTimer(_ => Begin(), state: null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
        {
            return await (await begun.Task.ConfigureAwait(false)).ConfigureAwait(false);
        }

        void Begin()
        {
            try
            {
                begun.TrySetResult(work());
            }
            catch (Exception exception)
            {
                begun.TrySetException(exception);
            }
        }
    }
}
