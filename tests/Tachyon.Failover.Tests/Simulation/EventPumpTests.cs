using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Testing.Simulation.Time;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

public sealed class EventPumpTests
{
    [Fact]
    public void Woken_ProcessWasStopped_ComesFirstAndAtTheTimeOfWaking()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        using var pump = new EventPump(new TimerlessTime(time));
        var start = pump.Queue.Now;
        var happened = new List<(string What, TimeSpan At)>();
        pump.Woken = _ => happened.Add(("woken", pump.Queue.Now - start));
        pump.Post(() => pump.Queue.Schedule(TimeSpan.FromSeconds(1), () => happened.Add(("due", pump.Queue.Now - start))));

        time.Advance(TimeSpan.FromSeconds(6));
        pump.Post(static () => { });

        // After its wake-up it plans from now on, not from the time of its stop.
        happened.Should().Equal(("woken", TimeSpan.FromSeconds(6)), ("due", TimeSpan.FromSeconds(6)));
    }

    /// <summary>A stopped process's timers do not fire.</summary>
    private sealed class TimerlessTime(TimeProvider time) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(static _ => { }, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
