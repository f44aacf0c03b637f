using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Daemon.Monitoring;
using Xunit;

namespace Tachyon.Failover.Tests.Daemon;

/// <summary>The rules for every <see cref="ITakeoverLease"/>, on the one that there is.</summary>
public sealed class InMemoryTakeoverLeaseTests
{
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryTakeoverLease _lease;

    public InMemoryTakeoverLeaseTests() => _lease = new InMemoryTakeoverLease(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AcquireAsync_Free_IsHeld() => (await _lease.AcquireAsync("me", Term, Token)).Should().BeTrue();

    [Fact]
    public async Task AcquireAsync_Twice_IsHeld()
    {
        await _lease.AcquireAsync("me", Term, Token);

        (await _lease.AcquireAsync("me", Term, Token)).Should().BeTrue();
    }

    [Fact]
    public async Task AcquireAsync_HeldByAnother_IsNotHeld()
    {
        await _lease.AcquireAsync("other", Term, Token);

        (await _lease.AcquireAsync("me", Term, Token)).Should().BeFalse();
        (await _lease.RenewAsync("other", Term, Token)).Should().BeTrue("a request does not end the lease of the holder");
    }

    [Fact]
    public async Task AcquireAsync_OfAnotherHasRunOut_IsHeldAndTheOtherHasLostIt()
    {
        await _lease.AcquireAsync("other", Term, Token);
        _time.Advance(Term + TimeSpan.FromSeconds(1));

        (await _lease.AcquireAsync("me", Term, Token)).Should().BeTrue();
        (await _lease.RenewAsync("other", Term, Token)).Should().BeFalse();
    }

    [Fact]
    public async Task RenewAsync_AgainAndAgain_KeepsOthersOutBeyondTheFirstTerm()
    {
        await _lease.AcquireAsync("other", Term, Token);
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(Term * 0.6);
            (await _lease.RenewAsync("other", Term, Token)).Should().BeTrue();
        }

        (await _lease.AcquireAsync("me", Term, Token)).Should().BeFalse();
    }

    [Fact]
    public async Task RenewAsync_NeverAcquired_IsNotHeldAndTakesNothing()
    {
        (await _lease.RenewAsync("me", Term, Token)).Should().BeFalse();

        (await _lease.AcquireAsync("other", Term, Token)).Should().BeTrue();
    }

    [Fact]
    public async Task ReleaseAsync_Held_LetsAnotherInAtOnce()
    {
        await _lease.AcquireAsync("me", Term, Token);

        await _lease.ReleaseAsync("me", Token);

        (await _lease.AcquireAsync("other", Term, Token)).Should().BeTrue();
        (await _lease.RenewAsync("me", Term, Token)).Should().BeFalse();
    }

    [Fact]
    public async Task ReleaseAsync_HeldByAnother_LeavesIt()
    {
        await _lease.AcquireAsync("other", Term, Token);

        await _lease.ReleaseAsync("me", Token);
        await _lease.ReleaseAsync("me", Token);

        (await _lease.RenewAsync("other", Term, Token)).Should().BeTrue();
    }
}
