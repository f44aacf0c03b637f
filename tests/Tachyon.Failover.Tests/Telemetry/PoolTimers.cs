namespace Tachyon.Failover.Tests.Telemetry;

/// <summary>Virtual time whose timers for observers and forks fire on pool threads, as the system's do: the observers then run outside the world.</summary>
internal sealed class PoolTimers(TimeProvider world) : TimeProvider
{
    public override long TimestampFrequency => world.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow();

    public override long GetTimestamp() => world.GetTimestamp();

    // Observers create timers without a time, and a fork creates one that is due at once.
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        (dueTime == Timeout.InfiniteTimeSpan || dueTime == TimeSpan.Zero ? System : world).CreateTimer(callback, state, dueTime, period);
}
