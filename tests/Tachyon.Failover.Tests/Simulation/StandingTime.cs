namespace Tachyon.Failover.Tests.Simulation;

/// <summary>The clock of a program that can be paused: its timestamps do not count the pause, its timers fire later, and its wall clock is right after it.</summary>
internal sealed class StandingTime(TimeProvider world) : TimeProvider
{
    private DateTimeOffset _standsUntil;
    private TimeSpan _notCounted;
    private Task _standing = Task.CompletedTask;

    public override long TimestampFrequency => world.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow();

    public override long GetTimestamp() => world.GetTimestamp() - (_notCounted - StillStands).Ticks;

    private TimeSpan StillStands => _standsUntil > world.GetUtcNow() ? _standsUntil - world.GetUtcNow() : TimeSpan.Zero;

    /// <summary>Pauses from now on.</summary>
    public void StandStill(TimeSpan length)
    {
        _standsUntil = world.GetUtcNow() + length;
        _notCounted += length;
        _standing = Task.Delay(length, world, CancellationToken.None);
    }

    public Task RunsAgainAsync() => _standing;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(this, world, callback, state, dueTime, period);

    private sealed class Timer : ITimer
    {
        private readonly StandingTime _time;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _inner;
        private long _due;
        private TimeSpan _period;

        public Timer(StandingTime time, TimeProvider world, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_time, _callback, _state) = (time, callback, state);
            _inner = world.CreateTimer(static timer => ((Timer)timer!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            _due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : _time.GetTimestamp() + dueTime.Ticks;
            return _inner.Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public void Dispose() => _inner.Dispose();

        public ValueTask DisposeAsync() => _inner.DisposeAsync();

        private void Ring()
        {
            var left = TimeSpan.FromTicks(_due - _time.GetTimestamp()) + _time.StillStands;
            if (left > TimeSpan.Zero)
            {
                _inner.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }

            if (_period > TimeSpan.Zero)
            {
                Change(_period, _period);
            }

            _callback(_state);
        }
    }
}
