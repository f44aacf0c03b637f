namespace Tachyon.Failover.Testing.Simulation.Time;

/// <summary>Runs an <see cref="EventQueue"/> in real time: one timer, set to the next due event, and one lock.</summary>
/// <remarks>Thread-safe: everything that touches the model goes through it.</remarks>
internal sealed class EventPump : IDisposable
{
    /// <summary>A longer pause of the process was a stop (SIGSTOP), not a busy machine.</summary>
    internal static readonly TimeSpan StopThreshold = TimeSpan.FromSeconds(1.5);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _start;
    private readonly long _startTimestamp;
    private readonly ITimer _timer;
    private bool _disposed;

    public EventPump(TimeProvider time)
    {
        _time = time;
        _start = time.GetUtcNow();
        _startTimestamp = time.GetTimestamp();
        Queue = new EventQueue(_start);
        _timer = time.CreateTimer(_ => Post(static () => { }), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Heartbeat();
    }

    /// <summary>The queue. Use it, and the model that it runs, only inside <see cref="Post"/> or <see cref="Ask{T}"/>.</summary>
    public EventQueue Queue { get; }

    /// <summary>Raised inside the lock when the process finds that it was stopped, with the length.</summary>
    public Action<TimeSpan>? Woken { get; set; }

    /// <summary>Runs an action in the model, at its present time.</summary>
    public void Post(Action action) =>
        Ask(() =>
        {
            action();
            return true;
        });

    /// <summary>Reads a value from the model.</summary>
    public T Ask<T>(Func<T> question)
    {
        lock (_gate)
        {
            var now = _start + _time.GetElapsedTime(_startTimestamp);
            var pause = now - Queue.Now;
            if (pause > StopThreshold)
            {
                Queue.MoveTo(now);
                Woken?.Invoke(pause);
            }

            Queue.RunDue(now);
            var answer = question();
            Queue.RunDue(now);
            Rearm();
            return answer;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _timer.Dispose();
    }

    private void Heartbeat() => Post(() => Queue.Schedule(TimeSpan.FromSeconds(0.5), Heartbeat));

    private void Rearm()
    {
        if (_disposed || Queue.NextAt is not { } next)
        {
            return;
        }

        // Timers count whole milliseconds and never fire early. A due event is taken with the next tick.
        var wait = next - (_start + _time.GetElapsedTime(_startTimestamp));
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
