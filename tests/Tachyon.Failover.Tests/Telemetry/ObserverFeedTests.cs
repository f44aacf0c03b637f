using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Telemetry;
using Tachyon.Failover.Testing.Simulation.Time;
using Xunit;

namespace Tachyon.Failover.Tests.Telemetry;

public sealed class ObserverFeedTests
{
    private readonly EventQueue _events = new(DateTimeOffset.UnixEpoch);
    private readonly List<int> _taken = [];

    private VirtualTime Time => new(_events, static () => true);

    [Fact]
    public void Post_Several_AreHandedOnLaterAndInOrder()
    {
        var feed = new ObserverFeed(Time);
        for (var i = 0; i < 5; i++)
        {
            var number = i;
            feed.Post(() => _taken.Add(number));
        }

        _taken.Should().BeEmpty("who posts does not wait");
        _events.RunUntil(_events.Now);
        _taken.Should().Equal(0, 1, 2, 3, 4);
    }

    /// <summary>A trace and log scopes belong to the caller. A later event must not get the first caller's.</summary>
    [Fact]
    public async Task C8_Post_FromACallersContext_IsHandedOverWithoutIt()
    {
        var scope = new AsyncLocal<string?> { Value = "request 1" };
        var feed = new ObserverFeed(TimeProvider.System);
        var seen = new TaskCompletionSource<string?>();

        feed.Post(() => seen.SetResult(scope.Value));

        (await seen.Task.WaitAsync(TestContext.Current.CancellationToken)).Should().BeNull();
        scope.Value.Should().Be("request 1");
    }

    [Fact]
    public void Post_ContextIsNotToFlowAnyway_IsHandedOver()
    {
        using (ExecutionContext.SuppressFlow())
        {
            new ObserverFeed(Time).Post(() => _taken.Add(1));
        }

        _events.RunUntil(_events.Now);

        _taken.Should().Equal(1);
    }

    [Fact]
    public void Post_OneThrows_IsToldAndTheNextComes()
    {
        var told = new List<string>();
        var feed = new ObserverFeed(Time, exception => told.Add(exception.Message));
        feed.Post(static () => throw new InvalidOperationException("own trouble"));
        feed.Post(() => _taken.Add(1));

        _events.RunUntil(_events.Now);

        told.Should().Equal("own trouble");
        _taken.Should().Equal(1);
    }

    [Fact]
    public void Post_WhoIsToldThrowsToo_TheNextComes()
    {
        var feed = new ObserverFeed(Time, static _ => throw new InvalidOperationException("another's own trouble"));
        feed.Post(static () => throw new InvalidOperationException("own trouble"));
        feed.Post(() => _taken.Add(1));

        _events.RunUntil(_events.Now);

        _taken.Should().Equal(1);
    }

    [Fact]
    public void Post_TooMuchWaits_TheRestIsLost()
    {
        var feed = new ObserverFeed(Time);
        for (var i = 0; i < 10_000; i++)
        {
            feed.Post(() => _taken.Add(0));
        }

        _events.RunUntil(_events.Now);
        _taken.Should().HaveCount(4096);

        feed.Post(() => _taken.Add(0));
        _events.RunUntil(_events.Now);
        _taken.Should().HaveCount(4097, "there is room again");
    }

    [Fact]
    public void SettleAsync_NothingWaits_IsOverAtOnce() => new ObserverFeed(Time).SettleAsync().IsCompleted.Should().BeTrue();

    [Fact]
    public void SettleAsync_SomethingWaits_IsOverWhenItIsHandedOn()
    {
        var feed = new ObserverFeed(Time);
        feed.Post(() => _taken.Add(1));
        var settled = feed.SettleAsync();
        settled.IsCompleted.Should().BeFalse();

        _events.RunUntil(_events.Now);

        settled.IsCompletedSuccessfully.Should().BeTrue();
    }

    /// <summary>The clock's timers never fire: an observer that does not return looks the same.</summary>
    [Fact]
    public void SettleAsync_ObserverDoesNotReturn_IsOverAfterTwoSeconds()
    {
        using var busy = new ManualResetEventSlim();
        var clock = new FakeTimeProvider();
        var feed = new ObserverFeed(new PoolTimers(clock));
        var token = TestContext.Current.CancellationToken;
        feed.Post(() => busy.Wait(token));
        var settled = feed.SettleAsync();

        clock.Advance(TimeSpan.FromSeconds(1.9));
        settled.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.2));
        settled.IsCompletedSuccessfully.Should().BeTrue();
        busy.Set();
    }
}
