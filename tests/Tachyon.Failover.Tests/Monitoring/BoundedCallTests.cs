using FluentAssertions;
using Tachyon.Failover.Runtime;
using Xunit;

namespace Tachyon.Failover.Tests.Monitoring;

public sealed class BoundedCallTests
{
    /// <summary>A guard makes some calls a second, with limits of minutes: resources that are not released add up.</summary>
    [Fact]
    public async Task C19_RunAsync_CallHasAnswered_LeavesNoTimer()
    {
        var time = new CountingTime();

        (await BoundedCall.RunAsync(static _ => Task.FromResult(CallResult.Done()), TimeSpan.FromMinutes(5), time)).IsDone.Should().BeTrue();

        time.Made.Should().Be(1);
        time.Alive.Should().Be(0);
    }

    private sealed class CountingTime : TimeProvider
    {
        public int Made { get; private set; }

        public int Alive { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Made++;
            Alive++;
            return new Counted(base.CreateTimer(callback, state, dueTime, period), () => Alive--);
        }

        private sealed class Counted(ITimer timer, Action gone) : ITimer
        {
            private Action? _gone = gone;

            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                Interlocked.Exchange(ref _gone, null)?.Invoke();
                timer.Dispose();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
