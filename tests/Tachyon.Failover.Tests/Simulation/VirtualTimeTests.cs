using FluentAssertions;
using Tachyon.Failover.Testing.Simulation.Time;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

public sealed class VirtualTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly EventQueue _events = new(Start);
    private readonly List<string> _rung = [];
    private readonly VirtualTime _time;
    private bool _isAlive = true;

    public VirtualTimeTests() => _time = new VirtualTime(_events, () => _isAlive);

    [Fact]
    public void CreateTimer_Several_RingInTheOrderOfTheirTimeAndThenOfTheirMaking()
    {
        using var late = Timer("late", seconds: 3);
        using var first = Timer("first", seconds: 1);
        using var second = Timer("second", seconds: 1);

        Run(seconds: 5);

        _rung.Should().Equal("first at 1", "second at 1", "late at 3");
    }

    [Fact]
    public void CreateTimer_Periodic_RingsAgainAndAgain()
    {
        using var timer = Timer("tick", seconds: 1, period: 2);

        Run(seconds: 6);

        _rung.Should().Equal("tick at 1", "tick at 3", "tick at 5");
    }

    [Fact]
    public void CreateTimer_Infinite_RingsOnlyWhenItIsSet()
    {
        using var timer = _time.CreateTimer(_ => Note("set"), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Run(seconds: 5);
        _rung.Should().BeEmpty();

        timer.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        Run(seconds: 5);

        _rung.Should().Equal("set at 7");
    }

    [Fact]
    public void Change_BeforeItRings_RingsOnceAtTheNewTime()
    {
        using var timer = Timer("moved", seconds: 1);

        timer.Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan);
        Run(seconds: 10);

        _rung.Should().Equal("moved at 4");
    }

    [Fact]
    public void Dispose_BetweenTwoRings_RingsNoMore()
    {
        var timer = Timer("tick", seconds: 1, period: 1);
        Run(seconds: 2);

        timer.Dispose();
        Run(seconds: 5);

        _rung.Should().Equal("tick at 1", "tick at 2");
    }

    [Fact]
    public void Dispose_FromItsOwnCallback_RingsNoMore()
    {
        ITimer? timer = null;
        timer = _time.CreateTimer(
            _ =>
            {
                Note("once");
                timer!.Dispose();
            },
            null,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1));

        Run(seconds: 5);

        _rung.Should().Equal("once at 1");
    }

    [Fact]
    public void CreateTimer_ProgramIsDead_HearsNothing()
    {
        using var once = Timer("once", seconds: 3);
        using var tick = Timer("tick", seconds: 1, period: 1);
        Run(seconds: 1);

        _isAlive = false;
        Run(seconds: 5);

        _rung.Should().Equal("tick at 1");
    }

    [Fact]
    public void Jump_MovesOnlyTheWallClock()
    {
        using var timer = Timer("timer", seconds: 10);
        var before = _time.GetTimestamp();
        Run(seconds: 4);

        _time.Jump = TimeSpan.FromHours(-3);
        Run(seconds: 4);

        _time.GetUtcNow().Should().Be(Start.AddSeconds(8).AddHours(-3));
        _time.GetElapsedTime(before).Should().Be(TimeSpan.FromSeconds(8));
        _rung.Should().BeEmpty();
        Run(seconds: 2);
        _rung.Should().Equal("timer at 10");
    }

    [Fact]
    public async Task Delay_IsOver_GoesOnInsideTheEvent()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        _events.BindToThisThread();
        var thread = Environment.CurrentManagedThreadId;
        var waited = WaitAsync();

        Run(seconds: 5);

        waited.IsCompleted.Should().BeTrue();
        (await waited).Should().Be(thread);
        _rung.Should().Equal("waited at 2");
        _events.HasStrayed.Should().BeFalse();

        async Task<int> WaitAsync()
        {
            await Task.Delay(TimeSpan.FromSeconds(2), _time, CancellationToken.None).ConfigureAwait(false);
            Note("waited");
            return Environment.CurrentManagedThreadId;
        }
    }

    private ITimer Timer(string name, double seconds, double? period = null) => _time.CreateTimer(
        state => Note((string)state!), name, TimeSpan.FromSeconds(seconds), period is { } every ? TimeSpan.FromSeconds(every) : Timeout.InfiniteTimeSpan);

    private void Note(string what) => _rung.Add($"{what} at {(_events.Now - Start).TotalSeconds}");

    private void Run(double seconds) => _events.RunUntil(_events.Now + TimeSpan.FromSeconds(seconds));
}
