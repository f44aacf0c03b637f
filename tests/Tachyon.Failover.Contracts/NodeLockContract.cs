using FluentAssertions;
using Tachyon.Failover.Nodes;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>The rules for every <see cref="INodeLock"/>. Derive one class for each implementation.</summary>
public abstract class NodeLockContract
{
    protected abstract INodeLock Lock { get; }

    /// <summary>Another coordinator's lock of the same node.</summary>
    protected abstract INodeLock OtherLock { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AcquireAsync_Free_IsDone() => (await Lock.AcquireAsync("me", Token)).Should().Be(CallResult.Done());

    [Fact]
    public async Task AcquireAsync_Twice_IsASuccess()
    {
        await Lock.AcquireAsync("me", Token);

        (await Lock.AcquireAsync("me", Token)).Should().Be(CallResult.Done());
    }

    [Fact]
    public async Task AcquireAsync_HeldByAnother_IsRefusedWithTheHoldersName()
    {
        await OtherLock.AcquireAsync("somebody's machine, process 7", Token);

        ShouldBeHeldBy("somebody's machine, process 7", await Lock.AcquireAsync("me", Token));
    }

    [Fact]
    public async Task ReleaseAsync_Held_LetsAnotherIn()
    {
        await OtherLock.AcquireAsync("other", Token);

        (await OtherLock.ReleaseAsync("other", Token)).IsDone.Should().BeTrue();

        (await Lock.AcquireAsync("me", Token)).IsDone.Should().BeTrue();
        ShouldBeHeldBy("me", await OtherLock.AcquireAsync("other", Token));
    }

    [Fact]
    public async Task ReleaseAsync_NotHeld_IsASuccess() => (await Lock.ReleaseAsync("me", Token)).IsDone.Should().BeTrue();

    [Fact]
    public async Task AcquireAsync_AnotherRunOfTheSameCoordinator_IsRefused()
    {
        await Lock.AcquireAsync("me, run 1", Token);

        ShouldBeHeldBy("me, run 1", await Lock.AcquireAsync("me, run 2", Token));
    }

    [Fact]
    public async Task ReleaseAsync_ByAnotherRun_LeavesTheLock()
    {
        await Lock.AcquireAsync("me, run 1", Token);

        (await Lock.ReleaseAsync("me, run 2", Token)).IsDone.Should().BeTrue();

        (await OtherLock.AcquireAsync("other", Token)).Failure.Should().Be(CallFailure.LockHeld);
    }

    // The implementation adds to the refusal: the time of the lock, and the command that ends it.
    private static void ShouldBeHeldBy(string holder, CallResult result)
    {
        result.Should().Match<CallResult>(call => call.Outcome == CallOutcome.NotDone && call.Failure == CallFailure.LockHeld);
        result.Detail.Should().StartWith(holder);
    }
}
