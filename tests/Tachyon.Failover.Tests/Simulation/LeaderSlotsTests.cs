using FluentAssertions;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>What a switchover costs in leader slots, in virtual time, against the chain itself.</summary>
public sealed class LeaderSlotsTests
{
    [Fact]
    public void SwitchoverAsync_WithoutAWindow_SaysWhichLeaderSlotsAreLost()
    {
        var (withSkipped, withAhead) = (0, 0);
        for (ulong seed = 1; seed <= 25; seed++)
        {
            var pair = new SimulatedPair(new ChainOptions { Seed = seed, LeaderShare = 0.3 });
            pair.Cluster.Run(TimeSpan.FromSeconds(3));
            var coordinator = pair.AddCoordinator("first", TimeSpan.FromMilliseconds(30));

            var options = new FailoverOptions { Journal = coordinator.Journal, Holder = coordinator.Name, MinimumIdle = TimeSpan.Zero };
            var result = coordinator.Run(() => new FailoverCoordinator(options, timeProvider: coordinator.Time).SwitchoverAsync(coordinator.Pair(pair.A)), TimeSpan.FromMinutes(5))!;

            result.Outcome.Should().Be(FailoverOutcome.Completed, "seed {0}: {1}", seed, result);
            pair.Cluster.Run(TimeSpan.FromSeconds(25));
            var (chain, gap) = (pair.Cluster.Chain, result.Gap!);
            var lost = Enumerable.Range((int)gap.SourceLastVote + 1, (int)(gap.TargetFirstVote + 40 - gap.SourceLastVote)).Select(slot => (ulong)slot).Count(slot => chain.Schedule.IsStaked(slot) && chain.BankAt(slot) is null);
            var said = gap.SkippedLeaderSlots!.Value + (result.Notes.SingleOrDefault(note => note.Code == "TF210")?.Text.Split(' ')[3] is { } words ? int.Parse(words, System.Globalization.CultureInfo.InvariantCulture) : 0);
            said.Should().BeCloseTo(lost, 8, "seed {0}: a vote may be rooted some slots earlier", seed);
            withSkipped += gap.SkippedLeaderSlots > 0 ? 1 : 0;
            withAhead += result.Notes.Any(note => note.Code == "TF210") ? 1 : 0;
        }

        withSkipped.Should().BeGreaterThan(3);
        withAhead.Should().BeGreaterThan(10);
    }
}
