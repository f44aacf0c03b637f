using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>The rules for every <see cref="ITakeoverLease"/>. Derive one class for each implementation.</summary>
public abstract class TakeoverLeaseContract
{
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(15);

    protected abstract ITakeoverLease Lease { get; }

    /// <summary>The same lease, in the hands of another daemon.</summary>
    protected abstract ITakeoverLease OtherLease { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AcquireAsync_Free_IsHeld() => (await Lease.AcquireAsync("me", Term, Token)).Should().BeTrue();

    [Fact]
    public async Task AcquireAsync_Twice_IsHeld()
    {
        await Lease.AcquireAsync("me", Term, Token);

        (await Lease.AcquireAsync("me", Term, Token)).Should().BeTrue();
    }

    [Fact]
    public async Task AcquireAsync_HeldByAnother_IsNotHeld()
    {
        await OtherLease.AcquireAsync("other", Term, Token);

        (await Lease.AcquireAsync("me", Term, Token)).Should().BeFalse();
        (await OtherLease.RenewAsync("other", Term, Token)).Should().BeTrue("a request does not end the lease of the holder");
    }

    [Fact]
    public async Task AcquireAsync_OfAnotherHasRunOut_IsHeldAndTheOtherHasLostIt()
    {
        await OtherLease.AcquireAsync("other", Term, Token);
        await PassAsync(Term + TimeSpan.FromSeconds(1));

        (await Lease.AcquireAsync("me", Term, Token)).Should().BeTrue();
        (await OtherLease.RenewAsync("other", Term, Token)).Should().BeFalse();
    }

    [Fact]
    public async Task RenewAsync_AgainAndAgain_KeepsOthersOutBeyondTheFirstTerm()
    {
        await OtherLease.AcquireAsync("other", Term, Token);
        for (var i = 0; i < 3; i++)
        {
            await PassAsync(Term * 0.6);
            (await OtherLease.RenewAsync("other", Term, Token)).Should().BeTrue();
        }

        (await Lease.AcquireAsync("me", Term, Token)).Should().BeFalse();
    }

    [Fact]
    public async Task RenewAsync_NeverAcquired_IsNotHeldAndTakesNothing()
    {
        (await Lease.RenewAsync("me", Term, Token)).Should().BeFalse();

        (await OtherLease.AcquireAsync("other", Term, Token)).Should().BeTrue();
    }

    [Fact]
    public async Task ReleaseAsync_Held_LetsAnotherInAtOnce()
    {
        await Lease.AcquireAsync("me", Term, Token);

        await Lease.ReleaseAsync("me", Token);

        (await OtherLease.AcquireAsync("other", Term, Token)).Should().BeTrue();
        (await Lease.RenewAsync("me", Term, Token)).Should().BeFalse();
    }

    [Fact]
    public async Task ReleaseAsync_HeldByAnother_LeavesIt()
    {
        await OtherLease.AcquireAsync("other", Term, Token);

        await Lease.ReleaseAsync("me", Token);
        await Lease.ReleaseAsync("me", Token);

        (await OtherLease.RenewAsync("other", Term, Token)).Should().BeTrue();
    }

    /// <summary>Lets time pass, by the clock of the lease.</summary>
    protected abstract Task PassAsync(TimeSpan time);
}
