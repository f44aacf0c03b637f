using System.Net;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>Takeovers between two simulated nodes.</summary>
public sealed class TakeoverTests
{
    private readonly SimulatedPair _pair = new(11);

    private FailoverResult TakeOver(ValidatorPair pair, TakeoverPolicy? policy = null) =>
        _pair.Run(() => new FailoverCoordinator(new FailoverOptions { Journal = _pair.Journal }, timeProvider: _pair.Time).TakeoverAsync(pair, policy))!;

    [Fact]
    public void TakeoverAsync_SourceAnswers_IsDemotedAndNothingIsOwed()
    {
        var result = TakeOver(_pair.FromAToB);

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}\n{1}", result, result.ToTrace());
        result.Evidence!.Grade.Should().Be(EvidenceGrade.Fenced);
        result.PendingDemotions.Should().BeEmpty();
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

        result.Outcome.Should().Be(FailoverOutcome.Refused, "{0}\n{1}", result, result.ToTrace());
        result.Reason.Should().Contain("Fenced").And.Contain("cut its power");
        _pair.B.RunsStaked.Should().BeFalse();
    }

    [Fact]
    public void TakeoverAsync_SourceIsOffAndSilenceIsEnough_TakesOverAndOwes()
    {
        _pair.Pass(TimeSpan.FromSeconds(5));
        var copy = _pair.FromAToB;
        copy = copy with { Ports = new ClosedPorts(), Target = copy.Target with { TowerCopies = new Kept(Own(copy)) } };
        _pair.A.Crash(TimeSpan.FromHours(1));

        var result = TakeOver(copy, new TakeoverPolicy { MinimumGrade = EvidenceGrade.Observed, Detection = new() { MinimumWitnesses = 2 } });

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}\n{1}", result, result.ToTrace());
        result.Evidence!.Grade.Should().Be(EvidenceGrade.Observed);
        result.PendingDemotions.Should().NotBeEmpty();
        var back = _pair.Run(() => new FailoverCoordinator(new FailoverOptions { Journal = _pair.Journal, MinimumIdle = null }, timeProvider: _pair.Time).SwitchoverAsync(_pair.FromBToA))!;
        back.Outcome.Should().Be(FailoverOutcome.Refused);
    }

    /// <summary>The lost node may come back while the promotion is under way: the look at it is too old by that time.</summary>
    [Fact]
    public void TakeoverAsync_PromotionIsHeldUpBehindTheLastWeighing_IsNotBegun()
    {
        _pair.Pass(TimeSpan.FromSeconds(5));
        var pair = _pair.FromAToB;
        pair = pair with { Ports = new ClosedPorts(), Towers = new SlowDelivery(pair.Towers, _pair.Time), Target = pair.Target with { TowerCopies = new Kept(Own(pair)) } };
        _pair.A.Crash(TimeSpan.FromHours(1));

        var result = TakeOver(pair, new TakeoverPolicy { MinimumGrade = EvidenceGrade.Observed, Detection = new() { MinimumWitnesses = 2 } });

        result.Outcome.Should().Be(FailoverOutcome.Refused, "{0}\n{1}", result, result.ToTrace());
        result.Reason.Should().Contain("too late");
        _pair.B.RunsStaked.Should().BeFalse();
        _pair.B.Towers.Current.Should().BeNull("what was delivered is moved aside");
    }

    private TowerFile Own(ValidatorPair pair) =>
        _pair.Run(async () => (await pair.Towers.ReadAsync(NodeSide.Source, TimeSpan.Zero)).Value!)!;

    private sealed class Kept(TowerFile tower) : ITowerCopyStore
    {
        public Task<CallResult> StoreAsync(TowerFile kept, CancellationToken cancellationToken = default) => Task.FromResult(CallResult.Done());

        public Task<CallResult<TowerFile>> ReadAsync(CancellationToken cancellationToken = default) => Task.FromResult<CallResult<TowerFile>>(tower);
    }

    /// <summary>Delays a delivery that is not a trial.</summary>
    private sealed class SlowDelivery(ITowerTransport inner, TimeProvider time) : ITowerTransport
    {
        public bool IsOrderedWithHost => false;

        public IAsyncEnumerable<TowerFile> StreamAsync(NodeSide node, CancellationToken cancellationToken = default) => inner.StreamAsync(node, cancellationToken);

        public Task<CallResult> AwaitVoteAsync(TimeSpan silence, bool sinceLastWait, CancellationToken cancellationToken = default) => inner.AwaitVoteAsync(silence, sinceLastWait, cancellationToken);

        public Task<CallResult<TowerFile>> ReadAsync(NodeSide node, TimeSpan drain, CancellationToken cancellationToken = default) => inner.ReadAsync(node, drain, cancellationToken);

        public async Task<CallResult> DeliverAsync(TowerFile tower, bool trial, CancellationToken cancellationToken = default)
        {
            await Task.Delay(trial ? TimeSpan.Zero : TimeSpan.FromSeconds(10), time, CancellationToken.None);
            return await inner.DeliverAsync(tower, trial, cancellationToken);
        }

        public Task<CallResult> MoveAsideAsync(NodeSide node, CancellationToken cancellationToken = default) => inner.MoveAsideAsync(node, cancellationToken);
    }

    private sealed class ClosedPorts : IPortProbe
    {
        public Task<bool?> TryAsync(IPEndPoint port, CancellationToken cancellationToken = default) => Task.FromResult<bool?>(false);
    }
}
