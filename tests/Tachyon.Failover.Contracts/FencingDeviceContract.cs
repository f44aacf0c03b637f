using FluentAssertions;
using Tachyon.Failover.Nodes;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>The rules for every <see cref="IFencingDevice"/>. Derive one class for each implementation.</summary>
public abstract class FencingDeviceContract
{
    /// <summary>A fence that works.</summary>
    protected abstract IFencingDevice Fence { get; }

    /// <summary>A fence whose switch refuses.</summary>
    protected abstract IFencingDevice RefusingFence { get; }

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

        (await Fence.VerifyAsync(Token)).Outcome.Should().Be(CallOutcome.NotDone, "each call asks again");
    }

    [Fact]
    public async Task FenceAsync_TheSwitchSaysNo_IsNotDoneAndNotVerified()
    {
        (await RefusingFence.FenceAsync(Token)).Outcome.Should().Be(CallOutcome.NotDone);

        (await RefusingFence.VerifyAsync(Token)).IsDone.Should().BeFalse();
        (await IsFencedAsync()).Should().BeFalse();
    }

    /// <summary>Whether the node is fenced, read without the implementation.</summary>
    protected abstract Task<bool> IsFencedAsync();

    /// <summary>Unfences the node, as an operator does.</summary>
    protected abstract Task FreeAsync();
}
