namespace Tachyon.Failover.Tests.Telemetry;

/// <summary>Virtual time whose timers for observers come on threads of the pool, as the system's do: what observers get does not run in the world then.</summary>
internal sealed class PoolTimers(TimeProvider world) : TimeProvider
{
    public override long TimestampFrequency => world.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow();

    public override long GetTimestamp() => world.GetTimestamp();

    // Only observers' timers are made without a time.
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        (dueTime == Timeout.InfiniteTimeSpan ? System : world).CreateTimer(callback, state, dueTime, period);
}
