namespace Tachyon.Failover.Testing.Simulation.Time;

/// <summary>
/// The clock of one program in the simulated world: it shows the time of an <see cref="EventQueue"/>, and its timers are events there. Code that waits for them continues
/// inside the event, on the thread that steps the queue, so that the same seed gives the same run.
/// </summary>
/// <remarks>Not thread-safe. The timers of a crashed program do not fire.</remarks>
internal sealed class VirtualTime(EventQueue events, Func<bool> isAlive) : TimeProvider
{
    private readonly Queue<Action> _held = new();
    private TimeSpan _lost;
    private DateTimeOffset? _stoppedAt;
    private bool _standsStill;

    /// <summary>The error of the wall clock. Timers and timestamps do not change with it.</summary>
    public TimeSpan Jump { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>The time for its timers, without the pauses of its machine.</summary>
    private DateTimeOffset OwnNow => (_stoppedAt ?? events.Now) - _lost;

    public override DateTimeOffset GetUtcNow() => events.Now + Jump;

    public override long GetTimestamp() => OwnNow.Ticks;

    /// <summary>Stops the program for a while. A second call during the pause has no further effect.</summary>
    /// <param name="pause">How long.</param>
    /// <param name="withClock">Whether the clock of its timers stops as well.</param>
    public void StandStill(TimeSpan pause, bool withClock)
    {
        if (_standsStill)
        {
            return;
        }

        _standsStill = true;
        _stoppedAt = withClock ? events.Now : null;
        events.Schedule(pause, () =>
        {
            _lost += events.Now - (_stoppedAt ?? events.Now);
            _stoppedAt = null;
            _standsStill = false;
            while (!_standsStill && _held.TryDequeue(out var action))
            {
                action();
            }
        });
    }

    /// <summary>Runs an action in the program: at once, or after its pause.</summary>
    public void WhenGoingOn(Action action)
    {
        if (_standsStill)
        {
            _held.Enqueue(action);
        }
        else
        {
            action();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private ScheduledEvent? _next;
        private DateTimeOffset? _due;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Set(dueTime == Timeout.InfiniteTimeSpan ? null : time.OwnNow + dueTime);
            return true;
        }

        public void Dispose() => Set(null);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(DateTimeOffset? due)
        {
            _next?.Cancel();
            _due = due;
            _next = due is { } at ? time.Schedule(at - time.OwnNow, Ring) : null;
        }

        private void Ring()
        {
            if (_due is not { } due || !time.IsAlive)
            {
                return;
            }

            // The timer was changed while the program, or its clock as well, was suspended.
            if (due > time.OwnNow)
            {
                Set(due);
                return;
            }

            Set(_period > TimeSpan.Zero ? time.OwnNow + _period : null);
            callback(state);
        }
    }

    private bool IsAlive => isAlive();

    private ScheduledEvent Schedule(TimeSpan delay, Action action) => events.Schedule(delay, action, WhenGoingOn);
}
