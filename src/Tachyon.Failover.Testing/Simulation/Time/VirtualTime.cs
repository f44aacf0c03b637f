namespace Tachyon.Failover.Testing.Simulation.Time;

/// <summary>
/// The clock of one program in the simulated world: it shows the time of an <see cref="EventQueue"/>, and its timers are events there. What waits for them goes
/// on inside the event, on the thread that steps the queue, so that the same seed gives the same run.
/// </summary>
/// <remarks>Not thread-safe. A program that has crashed hears of no timer any more.</remarks>
internal sealed class VirtualTime(EventQueue events, Func<bool> isAlive) : TimeProvider
{
    /// <summary>How far the wall clock is off; timers and timestamps do not jump with it.</summary>
    public TimeSpan Jump { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => events.Now + Jump;

    public override long GetTimestamp() => events.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(events, isAlive, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer(EventQueue events, Func<bool> isAlive, TimerCallback callback, object? state) : ITimer
    {
        private ScheduledEvent? _next;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _next?.Cancel();
            _period = period;
            _next = dueTime == Timeout.InfiniteTimeSpan ? null : events.Schedule(dueTime, Ring);
            return true;
        }

        public void Dispose() => _next?.Cancel();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Ring()
        {
            if (!isAlive())
            {
                return;
            }

            _next = _period > TimeSpan.Zero ? events.Schedule(_period, Ring) : null;
            callback(state);
        }
    }
}
