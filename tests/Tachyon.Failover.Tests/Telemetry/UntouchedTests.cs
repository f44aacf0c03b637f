using System.Diagnostics;
using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.Tests.Telemetry;

/// <summary>Observers do not affect a switchover: the same seed gives the same run, vote for vote.</summary>
public sealed class UntouchedTests
{
    // The newest votes of one run had not landed when it ended.
    private const int UnderWay = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Fact]
    public void SwitchoverAsync_AllAreWatching_IsTheSameRun()
    {
        var (alone, votes, _) = Run(timers: null, onEach: null, isWatched: false);
        var (watched, seen, _) = Run(timers: null, onEach: static () => { }, isWatched: true);

        watched.Should().Be(alone);
        seen.Should().Equal(votes);
    }

    [Fact]
    public void SwitchoverAsync_AllThrow_IsTheSameRun()
    {
        var (alone, votes, _) = Run(timers: null, onEach: null, isWatched: false);
        var (watched, seen, taken) = Run(timers: null, onEach: static () => throw new InvalidOperationException("an observer's own trouble"), isWatched: true);

        watched.Should().Be(alone);
        seen.Should().Equal(votes);
        taken.Should().BePositive("they were called, and threw");
    }

    [Fact]
    public void SwitchoverAsync_NoneOfThemEverReturns_IsTheSameRunAndEndsAfterSomePatience()
    {
        using var never = new ManualResetEventSlim();
        var token = TestContext.Current.CancellationToken;
        var (alone, votes, _) = Run(timers: null, onEach: null, isWatched: false);
        var (watched, seen, _) = Run(time => new PoolTimers(time), () => never.Wait(token), isWatched: true);
        never.Set();

        watched.Should().Be(alone);
        seen.Take(votes.Count - UnderWay).Should().Equal(votes.SkipLast(UnderWay), "the world has gone on for the time of their patience, and is the same before");
        (seen.Count - votes.Count).Should().BeLessThan(20, "they were not waited for longer than twice {0}", Patience);
    }

    [Fact]
    public void SwitchoverAsync_Watched_LeavesTheCallersActivityCurrent()
    {
        using var caller = new Activity("caller").Start();
        var scene = new WatchedScene();
        using var listeners = new Listeners(scene);

        scene.Switchover();

        Activity.Current.Should().BeSameAs(caller);
    }

    private static (string Trace, List<string> Votes, int Taken) Run(Func<TimeProvider, TimeProvider>? timers, Action? onEach, bool isWatched)
    {
        var taken = 0;
        var each = onEach is null ? (Action?)null : () =>
        {
            Interlocked.Increment(ref taken);
            onEach();
        };
        using var log = new EventLog(each);
        var scene = new WatchedScene(seed: 11, timers) { Log = isWatched ? log : null, Progress = isWatched ? FailoverProgress.To(_ => each!()) : null };
        using var listeners = isWatched ? new Listeners(scene, each) : null;
        var result = scene.Switchover();
        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        return (scene.Trace(result), [.. scene.Votes], taken);
    }
}
