namespace Tachyon.Failover.Testing.Simulation.Time;

/// <summary>
/// The clock of one program in the simulated world: it shows the time of an <see cref="EventQueue"/>, and its timers are events there. What waits for them goes
/// on inside the event, on the thread that steps the queue, so that the same seed gives the same run.
/// </summary>
/// <remarks>Not thread-safe. A program that has crashed hears of no timer any more.</remarks>
internal sealed class VirtualTime(EventQueue events, Func<bool> isAlive) : TimeProvider
{
    private readonly Queue<Action> _held = new();
    private TimeSpan _lost;
    private DateTimeOffset? _stoppedAt;
    private bool _standsStill;

    /// <summary>How far the wall clock is off; timers and timestamps do not jump with it.</summary>
    public TimeSpan Jump { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>The time by which its timers go: without what its machine has stood still.</summary>
    private DateTimeOffset OwnNow => (_stoppedAt ?? events.Now) - _lost;

    public override DateTimeOffset GetUtcNow() => events.Now + Jump;

    public override long GetTimestamp() => OwnNow.Ticks;

    /// <summary>The program does nothing for a while. A second time while it lasts is no more than the first.</summary>
    /// <param name="pause">How long.</param>
    /// <param name="withClock">Whether the clock of its timers stands still as well.</param>
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

    /// <summary>Does something in the program: at once, or when it goes on.</summary>
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

            // It was changed while the program stood still, or its clock stood still as well.
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
