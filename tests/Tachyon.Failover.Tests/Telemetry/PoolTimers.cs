namespace Tachyon.Failover.Tests.Telemetry;

/// <summary>Virtual time whose timers for observers fire on pool threads, as the system's do: the observers then run outside the world.</summary>
internal sealed class PoolTimers(TimeProvider world) : TimeProvider
{
    public override long TimestampFrequency => world.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow();

    public override long GetTimestamp() => world.GetTimestamp();

    // Only the timers of observers are created without a time.
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        (dueTime == Timeout.InfiniteTimeSpan ? System : world).CreateTimer(callback, state, dueTime, period);
}
