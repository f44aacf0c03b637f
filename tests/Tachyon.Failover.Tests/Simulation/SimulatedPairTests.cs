using FluentAssertions;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Judge;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

public sealed class SimulatedPairTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void SwitchoverAsync_NoFaults_IsCompletedWithoutARefusedOrDoubleVote(ulong seed)
    {
        var (pair, result) = Switchover(seed);

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        var report = ChainJudge.Report(pair.Cluster.Chain, new ChainOptions().StartSlot + 3);
        report.RefusedVotes.Should().Be(0);
        report.DoubleVotes.Should().Be(0);
        report.Changes.Should().ContainSingle().Which.To.Should().Be("b");
        (pair.A.CanVote, pair.B.CanVote).Should().Be((false, true));
        (pair.A.Link, pair.B.Link).Should().Be((IdentityRole.Unstaked, IdentityRole.Staked));
        (pair.A.Lock.Owner, pair.B.Lock.Owner).Should().Be((null, null));
    }

    /// <summary>In virtual time only the journal takes any: another trip, drain or command would show in it.</summary>
    [Fact]
    public void SwitchoverAsync_NoFaults_TheCoordinatorsOwnWorkIsTheJournalAlone() =>
        Switchover(seed: 5).Result.Gap!.CoordinatorTime.Should().BeGreaterThan(TimeSpan.Zero).And.BeLessThan(TimeSpan.FromMilliseconds(5));

    [Fact]
    public void SwitchoverAsync_SameSeed_SameRun()
    {
        var first = Trace(seed: 7);

        Trace(seed: 7).Should().Equal(first);
        Trace(seed: 8).Should().NotEqual(first);
    }

    [Fact]
    public void Complete_CoordinatorCrashes_NothingComesOfItAndTheLocksGo()
    {
        var pair = new SimulatedPair(new ChainOptions { Seed = 4 });
        pair.Cluster.Run(TimeSpan.FromSeconds(3));
        var coordinator = pair.AddCoordinator("first", TimeSpan.FromMilliseconds(10));
        var wasLocked = false;
        pair.Cluster.Events.Schedule(TimeSpan.FromSeconds(2), () =>
        {
            wasLocked = pair.A.Lock.Owner is not null;
            coordinator.Crash(machineLives: true);
        });

        var result = coordinator.Run(() => Coordinator(coordinator).SwitchoverAsync(coordinator.Pair(pair.A)), TimeSpan.FromMinutes(5));
        pair.Cluster.Run(TimeSpan.FromSeconds(30));

        result.Should().BeNull();
        wasLocked.Should().BeTrue("it crashed in the middle");
        (pair.A.Lock.Owner, pair.B.Lock.Owner).Should().Be((null, null));
    }

    [Fact]
    public void StartValidator_LinkLeadsToNoKeypair_NothingRuns()
    {
        var pair = new SimulatedPair(new ChainOptions { Seed = 4 });
        pair.Cluster.Run(TimeSpan.FromSeconds(3));

        pair.A.LinkTarget = "/nowhere/at-all.json";
        pair.A.KillValidator();
        pair.Cluster.Run(TimeSpan.FromMinutes(1));

        pair.A.Process.Should().BeNull();
        pair.A.CanVote.Should().BeFalse();
    }

    private static List<string> Trace(ulong seed)
    {
        var (pair, result) = Switchover(seed);
        return
        [
            result.ToString().Replace(result.RunId.ToString(), "the switchover", StringComparison.Ordinal),
            .. result.Steps.Select(step => step.ToString()),
            .. pair.Cluster.Chain.Votes.Select(vote => $"{vote.Node} {vote.Slot} {vote.SignedAt.Ticks} {vote.ArrivedAt.Ticks} {vote.BlockSlot}"),
        ];
    }

    private static (SimulatedPair Pair, FailoverResult Result) Switchover(ulong seed)
    {
        var pair = new SimulatedPair(new ChainOptions { Seed = seed });
        pair.Cluster.Run(TimeSpan.FromSeconds(3));
        var coordinator = pair.AddCoordinator("first", TimeSpan.FromMilliseconds(10));
        var result = coordinator.Run(() => Coordinator(coordinator).SwitchoverAsync(coordinator.Pair(pair.A)), TimeSpan.FromMinutes(5))!;
        pair.Cluster.Run(TimeSpan.FromSeconds(10));
        return (pair, result);
    }

    private static FailoverCoordinator Coordinator(SimulatedCoordinator coordinator) => new(
        new FailoverOptions { MinimumIdle = null, Journal = coordinator.Journal, Holder = coordinator.Name }, timeProvider: coordinator.Time);
}
