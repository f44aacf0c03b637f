using FluentAssertions;
using Tachyon.Failover.Hosts;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>What every <see cref="ISourceFence"/> keeps to. Derive from it, once for each implementation.</summary>
public abstract class SourceFenceContract
{
    /// <summary>One that works.</summary>
    protected abstract ISourceFence Fence { get; }

    /// <summary>One whose switch says no.</summary>
    protected abstract ISourceFence RefusingFence { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FenceAsync_Works_TheNodeIsFencedWhenItReturns()
    {
        (await Fence.FenceAsync(Token)).IsDone.Should().BeTrue();

        (await IsFencedAsync()).Should().BeTrue();
        (await Fence.VerifyAsync(Token)).IsDone.Should().BeTrue();
    }

    [Fact]
    public async Task FenceAsync_Twice_IsASuccess()
    {
        await Fence.FenceAsync(Token);

        (await Fence.FenceAsync(Token)).IsDone.Should().BeTrue();
        (await IsFencedAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task VerifyAsync_NotFenced_IsNotDoneAndChangesNothing()
    {
        (await Fence.VerifyAsync(Token)).Outcome.Should().Be(CallOutcome.NotDone);

        (await IsFencedAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task VerifyAsync_FreedByAPerson_IsNotDone()
    {
        await Fence.FenceAsync(Token);
        await FreeAsync();

        (await Fence.VerifyAsync(Token)).Outcome.Should().Be(CallOutcome.NotDone, "it is asked anew");
    }

    [Fact]
    public async Task FenceAsync_TheSwitchSaysNo_IsNotDoneAndNotVerified()
    {
        (await RefusingFence.FenceAsync(Token)).Outcome.Should().Be(CallOutcome.NotDone);

        (await RefusingFence.VerifyAsync(Token)).IsDone.Should().BeFalse();
        (await IsFencedAsync()).Should().BeFalse();
    }

    /// <summary>Whether the node of both is fenced, seen past the implementation.</summary>
    protected abstract Task<bool> IsFencedAsync();

    /// <summary>Gives the node free, as a person does.</summary>
    protected abstract Task FreeAsync();
}
