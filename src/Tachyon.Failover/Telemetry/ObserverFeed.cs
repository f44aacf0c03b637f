namespace Tachyon.Failover.Telemetry;

/// <summary>
/// Passes items to an observer, one after the other and late: the poster is not affected if the observer is slow, throws, or never returns.
/// </summary>
/// <remarks>
/// Thread-safe. The observer runs where the clock's timers fire: on the thread pool for the system's clock, within its events for a simulated world. So
/// the same seed gives the same run, with and without observers.
/// </remarks>
internal sealed class ObserverFeed(TimeProvider time, Action<Exception>? thrown = null)
{
    /// <summary>The most items that wait for an observer that does not return; later ones are lost.</summary>
    private const int MostWaiting = 4096;

    /// <summary>How long to wait for an observer at the end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Queue<Action> _waiting = new();
    private TaskCompletionSource? _idle;
    private ITimer? _timer;
    private bool _isHanding;

    /// <summary>Posts an action. Actions run one at a time, in the order of posting.</summary>
    public void Post(Action hand)
    {
        ITimer timer;
        lock (_lock)
        {
            if (_waiting.Count == MostWaiting)
            {
                return;
            }

            _waiting.Enqueue(hand);
            if (_isHanding)
            {
                return;
            }

            _isHanding = true;
            timer = _timer ??= CreateTimer();
        }

        // Outside the lock: a test clock may fire at once.
        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gives the observer a little time for the remaining items; the rest is passed on later.</summary>
    public async Task SettleAsync()
    {
        Task idle;
        lock (_lock)
        {
            if (!_isHanding)
            {
                return;
            }

            idle = (_idle ??= new TaskCompletionSource()).Task;
        }

        await idle.WaitAsync(Patience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Without the context of the first poster: otherwise all later items would run in its trace and its scopes.
    private ITimer CreateTimer()
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Create();
        }

        using (ExecutionContext.SuppressFlow())
        {
            return Create();
        }

        ITimer Create() => time.CreateTimer(static feed => ((ObserverFeed)feed!).Hand(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Hand()
    {
        while (Next() is { } hand)
        {
            try
            {
                hand();
            }
            catch (Exception exception)
            {
                Tell(exception);
            }
        }
    }

    private Action? Next()
    {
        TaskCompletionSource? idle;
        lock (_lock)
        {
            if (_waiting.TryDequeue(out var next))
            {
                return next;
            }

            _isHanding = false;
            idle = _idle;
            _idle = null;
        }

        idle?.TrySetResult();
        return null;
    }

    private void Tell(Exception exception)
    {
        try
        {
            thrown?.Invoke(exception);
        }
        catch (Exception)
        {
            // There is no caller left to inform.
        }
    }
}
