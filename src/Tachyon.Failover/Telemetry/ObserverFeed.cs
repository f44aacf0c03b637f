namespace Tachyon.Failover.Telemetry;

/// <summary>
/// Hands things to an observer, one after the other and late: whoever posts neither waits nor hears of it if the observer is slow, throws, or never returns.
/// </summary>
/// <remarks>
/// Thread-safe. The observer is called where the timers of the clock come: those of the system on a thread of the pool, those of a simulated world inside of its events, so
/// that the same seed gives the same run, with observers and without.
/// </remarks>
internal sealed class ObserverFeed(TimeProvider time, Action<Exception>? thrown = null)
{
    /// <summary>How much waits at most for an observer that does not return; what comes then is lost.</summary>
    private const int MostWaiting = 4096;

    /// <summary>How long an observer is waited for in the end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Queue<Action> _waiting = new();
    private TaskCompletionSource? _idle;
    private ITimer? _timer;
    private bool _isHanding;

    /// <summary>Has something handed to the observer, behind all that was posted before.</summary>
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

        // Outside of the lock: a clock of tests may ring at once.
        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gives the observer a little time for what it has not had yet; one that needs more gets it later.</summary>
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

    // Without the context of whoever posts first: all that is handed over later would be told in the name of that one, with its trace and its scopes.
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
            // There is nobody left to tell.
        }
    }
}
