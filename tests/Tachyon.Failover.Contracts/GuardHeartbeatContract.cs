using FluentAssertions;
using Tachyon.Failover.Nodes;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>The rules for every <see cref="IGuardHeartbeat"/>. Derive one class for each implementation.</summary>
public abstract class GuardHeartbeatContract
{
    /// <summary>The guard's heartbeat, on a node on which no guard has run yet.</summary>
    protected abstract IGuardHeartbeat Guards { get; }

    /// <summary>The watch's heartbeat, of the same node.</summary>
    protected abstract IGuardHeartbeat Watchs { get; }

    /// <summary>The heartbeat of a node that cannot be reached.</summary>
    protected abstract IGuardHeartbeat Unreachable { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_NoGuardHasRun_IsNotDone() => (await Watchs.ReadAsync(Token)).Call.Outcome.Should().Be(CallOutcome.NotDone);

    [Fact]
    public async Task ReadAsync_AfterABeat_SaysHowOldItIsHoweverOften()
    {
        for (var i = 0; i < 3; i++)
        {
            (await Guards.BeatAsync(Token)).IsDone.Should().BeTrue();
            (await Watchs.ReadAsync(Token)).Value!.Age.Should().BeGreaterThanOrEqualTo(TimeSpan.Zero).And.BeLessThan(TimeSpan.FromMinutes(1));
            (await Watchs.ReadAsync(Token)).IsDone.Should().BeTrue();
        }
    }

    [Fact]
    public async Task AnyCall_NodeCannotBeReached_IsNotDoneAndDoesNotThrow()
    {
        (await Unreachable.BeatAsync(Token)).IsDone.Should().BeFalse();
        (await Unreachable.ReadAsync(Token)).IsDone.Should().BeFalse();
    }

    [Fact]
    public async Task AnyCall_GivenUpBefore_IsNotDoneAndDoesNotThrow()
    {
        (await Guards.BeatAsync(new CancellationToken(canceled: true))).IsDone.Should().BeFalse();
        (await Watchs.ReadAsync(new CancellationToken(canceled: true))).IsDone.Should().BeFalse();
        (await Watchs.ReadAsync(Token)).IsDone.Should().BeFalse("no guard has left one");
    }
}
