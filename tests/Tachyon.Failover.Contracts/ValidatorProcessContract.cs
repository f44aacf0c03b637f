using FluentAssertions;
using Tachyon.Failover.Nodes;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>The rules for every <see cref="IValidatorProcess"/>. Derive one class for each implementation.</summary>
public abstract class ValidatorProcessContract
{
    protected abstract IValidatorProcess Process { get; }

    /// <summary>One that was killed by mistake would be gone by then, as a rule.</summary>
    private static readonly TimeSpan AMoment = TimeSpan.FromSeconds(2);

    /// <summary>The process of a node that cannot be reached.</summary>
    protected abstract IValidatorProcess UnreachableProcess { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StopAsync_Running_ItIsGone()
    {
        await StartAsync();

        (await Process.StopAsync(Token)).IsDone.Should().BeTrue();

        (await HasEndedAsync(Patience.Limit)).Should().BeTrue();
    }

    [Fact]
    public async Task StopAsync_Frozen_ItIsGone()
    {
        await StartAsync();
        await FreezeAsync();

        (await Process.StopAsync(Token)).IsDone.Should().BeTrue("a validator that does not answer must be stopped as well");

        (await HasEndedAsync(Patience.Limit)).Should().BeTrue();
    }

    [Fact]
    public async Task StopAsync_Twice_IsASuccess()
    {
        await StartAsync();
        await Process.StopAsync(Token);

        (await Process.StopAsync(Token)).IsDone.Should().BeTrue();
    }

    [Fact]
    public async Task StopAsync_NoneRuns_IsASuccess() => (await Process.StopAsync(Token)).IsDone.Should().BeTrue();

    [Fact]
    public async Task StopAsync_ACallOfTheHostHangs_IsNotKeptWaiting()
    {
        await StartAsync();
        await HangAsync();

        (await Process.StopAsync(Token)).IsDone.Should().BeTrue();

        (await HasEndedAsync(Patience.Limit)).Should().BeTrue();
    }

    [Fact]
    public async Task StopAsync_NodeCannotBeReached_IsNotDone()
    {
        var result = await UnreachableProcess.StopAsync(Token);

        result.Outcome.Should().Be(CallOutcome.NotDone, "{0}", result);
        result.Failure.Should().Be(CallFailure.Unreachable);
    }

    [Fact]
    public async Task StopAsync_CancelledBefore_IsNotDoneAndItRunsOn()
    {
        await StartAsync();

        var result = await Process.StopAsync(new CancellationToken(canceled: true));

        (result.Outcome, result.Failure).Should().Be((CallOutcome.NotDone, CallFailure.Canceled));
        (await HasEndedAsync(AMoment)).Should().BeFalse();
    }

    [Fact]
    public async Task VerifyStoppedAsync_NoneRuns_IsDone() => (await Process.VerifyStoppedAsync(Token)).IsDone.Should().BeTrue();

    [Fact]
    public async Task VerifyStoppedAsync_Running_IsNotDoneAndItRunsOn()
    {
        await StartAsync();

        (await Process.VerifyStoppedAsync(Token)).Outcome.Should().Be(CallOutcome.NotDone);

        (await HasEndedAsync(AMoment)).Should().BeFalse("a look changes nothing");
    }

    [Fact]
    public async Task VerifyStoppedAsync_Frozen_IsNotDone()
    {
        await StartAsync();
        await FreezeAsync();

        (await Process.VerifyStoppedAsync(Token)).IsDone.Should().BeFalse("a missing answer is no proof");
    }

    [Fact]
    public async Task VerifyStoppedAsync_NodeCannotBeReached_IsUnknown() => (await UnreachableProcess.VerifyStoppedAsync(Token)).Outcome.Should().Be(CallOutcome.Unknown);

    [Fact]
    public void LongestStop_IsALimit() => Process.LongestStop.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1)).And.BeLessThanOrEqualTo(TimeSpan.FromHours(1));

    [Fact]
    public void CommandToStop_IsOneLineForAPerson() => Process.CommandToStop.Should().NotBeNullOrWhiteSpace().And.NotContain("\n");

    /// <summary>Starts a validator on the node, as its supervisor does.</summary>
    protected abstract Task StartAsync();

    /// <summary>Stops it as SIGSTOP does.</summary>
    protected abstract Task FreezeAsync();

    /// <summary>Makes a call of the node's <see cref="IValidatorHost"/> that takes long.</summary>
    protected abstract Task HangAsync();

    /// <summary>Whether the started process has ended, or ends within a time, read without the implementation. Another process may have started since.</summary>
    protected abstract Task<bool> HasEndedAsync(TimeSpan within);
}
