using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Daemon.Monitoring;
using Xunit;

namespace Tachyon.Failover.Tests.Daemon;

/// <summary>A lease in a store that can fail.</summary>
public sealed class LeaseKeeperTests : ITakeoverLease
{
    private readonly FakeTimeProvider _time = new();
    private readonly LeaseKeeper _keeper;
    private bool _isDown;
    private bool _hangs;
    private int _asked;

    public LeaseKeeperTests() => _keeper = new LeaseKeeper(this, "me", _time, NullLogger.Instance);

    [Fact]
    public async Task KeepAsync_EverySecond_AsksTheStoreAThirdOfATermApart()
    {
        for (var i = 0; i < 30; i++)
        {
            (await _keeper.KeepAsync(TestContext.Current.CancellationToken)).Should().BeTrue();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _asked.Should().Be(6, "its term is 15 s");
    }

    [Fact]
    public async Task KeepAsync_StoreFails_HoldsUntilTheTermIsOver()
    {
        await _keeper.KeepAsync(TestContext.Current.CancellationToken);
        _isDown = true;

        _time.Advance(TimeSpan.FromSeconds(14));
        (await _keeper.KeepAsync(TestContext.Current.CancellationToken)).Should().BeTrue();
        _time.Advance(TimeSpan.FromSeconds(1));
        (await _keeper.KeepAsync(TestContext.Current.CancellationToken)).Should().BeFalse();
        _keeper.IsHeld.Should().BeFalse();
    }

    [Fact]
    public async Task ReleaseAsync_StoreFails_IsNotHeldAllTheSame()
    {
        await _keeper.KeepAsync(TestContext.Current.CancellationToken);
        _isDown = true;

        await _keeper.ReleaseAsync();

        _keeper.IsHeld.Should().BeFalse();
    }

    [Fact]
    public async Task WhileHeldAsync_StoreHangsAndFailsWhenItIsBrokenOff_TheResultIsNotLost()
    {
        await _keeper.KeepAsync(TestContext.Current.CancellationToken);

        var result = await _keeper.WhileHeldAsync(
            _ =>
            {
                _hangs = true;
                _time.Advance(TimeSpan.FromSeconds(6));
                return Task.FromResult("taken over");
            },
            TestContext.Current.CancellationToken);

        result.Should().Be("taken over");
    }

    Task<bool> ITakeoverLease.AcquireAsync(string holder, TimeSpan term, CancellationToken cancellationToken) => AnswerAsync();

    Task<bool> ITakeoverLease.RenewAsync(string holder, TimeSpan term, CancellationToken cancellationToken) => _hangs ? HangAsync(cancellationToken) : AnswerAsync();

    Task ITakeoverLease.ReleaseAsync(string holder, CancellationToken cancellationToken) => AnswerAsync();

    private static async Task<bool> HangAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw new IOException("the call was broken off");
    }

    private Task<bool> AnswerAsync()
    {
        _asked++;
        return _isDown ? throw new IOException("the store is down") : Task.FromResult(true);
    }
}
