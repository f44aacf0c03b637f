using System.Net;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Takeover;
using Tachyon.Failover.Testing.Simulation;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>Takeovers between two simulated nodes.</summary>
public sealed class TakeoverTests
{
    private readonly SimulatedPair _pair = new(11);

    private FailoverResult TakeOver(ValidatorPair pair, TakeoverPolicy? policy = null) =>
        _pair.Run(() => new FailoverCoordinator(new FailoverOptions { Journal = _journal }, timeProvider: _pair.Time).TakeoverAsync(pair, policy))!;

    private readonly Tachyon.Failover.Journal.InMemoryFailoverJournal _journal = new();

    [Fact]
    public void TakeoverAsync_SourceAnswers_IsDemotedAndNothingIsOwed()
    {
        var result = TakeOver(_pair.FromAToB);

        result.Outcome.Should().Be(SwitchoverOutcome.Completed, "{0}\n{1}", result, result.ToTrace());
        result.Evidence!.Grade.Should().Be(EvidenceGrade.Fenced);
        result.Owed.Should().BeEmpty();
        result.Gap!.RefusedVotes.Should().Be(0);
        _pair.A.Link.Should().Be(IdentityRole.Unstaked);
        _pair.B.Link.Should().Be(IdentityRole.Staked);
        _pair.Judge.ThrowIfBroken(result);
    }

    [Fact]
    public void TakeoverAsync_SourceIsOff_IsRefusedByDefaultAndSaysWhatWouldBeNeeded()
    {
        _pair.A.Crash(TimeSpan.FromHours(1));

        var result = TakeOver(_pair.FromAToB);

        result.Outcome.Should().Be(SwitchoverOutcome.Refused, "{0}\n{1}", result, result.ToTrace());
        result.Reason.Should().Contain("Fenced").And.Contain("cut its power");
        _pair.B.RunsStaked.Should().BeFalse();
    }

    [Fact]
    public void TakeoverAsync_SourceIsOffAndSilenceIsEnough_TakesOverAndOwes()
    {
        _pair.Pass(TimeSpan.FromSeconds(5));
        var shadow = _pair.FromAToB;
        shadow = shadow with { Ports = new ClosedPorts(), Target = shadow.Target with { Shadow = new Kept(Own(shadow)) } };
        _pair.A.Crash(TimeSpan.FromHours(1));

        var result = TakeOver(shadow, new TakeoverPolicy { LeastGrade = EvidenceGrade.Observed, Silence = new() { LeastWitnesses = 2 } });

        result.Outcome.Should().Be(SwitchoverOutcome.Completed, "{0}\n{1}", result, result.ToTrace());
        result.Evidence!.Grade.Should().Be(EvidenceGrade.Observed);
        result.Owed.Should().NotBeEmpty();
        var back = _pair.Run(() => new FailoverCoordinator(new FailoverOptions { Journal = _journal, MinimumIdle = null }, timeProvider: _pair.Time).SwitchoverAsync(_pair.FromBToA))!;
        back.Outcome.Should().Be(SwitchoverOutcome.Refused);
    }

    private Tachyon.Failover.Towers.TowerFile Own(ValidatorPair pair) =>
        _pair.Run(async () => (await pair.Towers.ReadAsync(NodeSide.Source, TimeSpan.Zero)).Value!)!;

    private sealed class Kept(Tachyon.Failover.Towers.TowerFile tower) : Tachyon.Failover.Towers.IShadowStore
    {
        public Task<CallResult> StoreAsync(Tachyon.Failover.Towers.TowerFile kept, CancellationToken cancellationToken = default) => Task.FromResult(CallResult.Done());

        public Task<CallResult<Tachyon.Failover.Towers.TowerFile>> ReadAsync(CancellationToken cancellationToken = default) => Task.FromResult<CallResult<Tachyon.Failover.Towers.TowerFile>>(tower);
    }

    private sealed class ClosedPorts : IPortProbe
    {
        public Task<bool> AnswersAsync(IPEndPoint port, CancellationToken cancellationToken = default) => Task.FromResult(false);
    }
}
