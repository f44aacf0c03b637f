using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Safety;

/// <summary>Of two validators with one identity, the cluster stops the one with the older start, each by its own host's clock.</summary>
public sealed class ClocksTests
{
    /// <summary>The time between two promotions if the way back is requested at once.</summary>
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(8.9);

    private readonly SimulatedPair _pair = new(9);
    private readonly InMemoryFailoverJournal _journal = new();

    /// <summary>b's clock is fast. For the cluster, it took the identity at nine seconds past noon, and not at noon.</summary>
    [Theory]
    [InlineData(9)]
    [InlineData(9.5)]
    public void H8_ThereAndBack_TheTakersClockIsSlow_WaitsTheDifferenceOut(double seconds)
    {
        _pair.Pass(TimeSpan.FromSeconds(5));

        ThereAndBack(TimeSpan.FromSeconds(seconds)).Should().BeGreaterThan(TimeSpan.FromSeconds(seconds), "without that it is {0}", UsualPause);
    }

    [Fact]
    public void H8_ThereAndBack_TheTakersClockIsFast_WaitsForNothing()
    {
        _pair.Pass(TimeSpan.FromSeconds(5));

        ThereAndBack(TimeSpan.FromSeconds(-9)).Should().BeLessThan(UsualPause);
    }

    /// <summary>A greater difference is refused at once.</summary>
    [Fact]
    public void H8_Switchover_ClocksAreFarApart_IsRefused()
    {
        _pair.Pass(TimeSpan.FromSeconds(5));

        var result = Switch(_pair.FromAToB, TimeSpan.FromSeconds(15));

        result.Outcome.Should().Be(FailoverOutcome.Refused);
        result.Reason.Should().Contain("TF122");
    }

    private TimeSpan ThereAndBack(TimeSpan offsetOfB)
    {
        Switch(_pair.FromAToB, offsetOfB).Outcome.Should().Be(FailoverOutcome.Completed);
        var back = Switch(_pair.FromBToA, offsetOfB);
        back.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", back);
        var promotions = _journal.ReadEntriesAsync(TestContext.Current.CancellationToken).ToBlockingEnumerable(TestContext.Current.CancellationToken)
            .Where(entry => entry is { Event: JournalEvent.Done, Step: nameof(FailoverStep.PromoteTarget) }).Select(entry => entry.At).ToList();
        promotions.Should().HaveCount(2);
        return promotions[1] - promotions[0];
    }

    private FailoverResult Switch(ValidatorPair pair, TimeSpan offsetOfB)
    {
        ValidatorNode Shown(ValidatorNode node) => node.Name == "b" ? node with { Host = new OtherClock(node.Host, offsetOfB) } : node;
        var shown = pair with { Source = Shown(pair.Source), Target = Shown(pair.Target) };
        return _pair.Run(() => new FailoverCoordinator(new FailoverOptions { MinimumIdle = null, Journal = _journal }, timeProvider: _pair.Time).SwitchoverAsync(shown))!;
    }

    private sealed class OtherClock(IValidatorHost inner, TimeSpan offset) : IValidatorHost
    {
        public Task<CallResult> SetIdentityAsync(IdentityRole identity, TowerFile? requiredTower, TimeSpan? within, CancellationToken cancellationToken = default) =>
            inner.SetIdentityAsync(identity, requiredTower, within, cancellationToken);

        public Task<CallResult> AddAuthorizedVotersAsync(CancellationToken cancellationToken = default) => inner.AddAuthorizedVotersAsync(cancellationToken);

        public Task<CallResult> RemoveAllAuthorizedVotersAsync(CancellationToken cancellationToken = default) => inner.RemoveAllAuthorizedVotersAsync(cancellationToken);

        public Task<CallResult<ClusterNode>> GetContactInfoAsync(CancellationToken cancellationToken = default) => inner.GetContactInfoAsync(cancellationToken);

        public async Task<CallResult<ValidatorInspection>> InspectAsync(CancellationToken cancellationToken = default)
        {
            var seen = await inner.InspectAsync(cancellationToken);
            return seen.Value is { } inspection ? inspection.With(it => { it.Began = inspection.Began + offset; it.Ended = inspection.Ended + offset; }) : seen;
        }

        public string CommandFor(ValidatorCommand command) => inner.CommandFor(command);
    }
}
