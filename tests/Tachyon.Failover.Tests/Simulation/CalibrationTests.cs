using System.Globalization;
using FluentAssertions;
using Tachyon.Failover.Soak;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>
/// The tables in validator.md, "What a wrong tower does" and "Figures", within the error of so many runs: a model in which the naive switch works
/// is wrong.
/// </summary>
public sealed class CalibrationTests(ITestOutputHelper output)
{
    private const int Runs = 250;

    [Fact]
    public void Guide_AtOnce_ConflictsInThreeToFiveOfTenRunsAndRefuses31Votes()
    {
        var runs = Repeat(nameof(Guide_AtOnce_ConflictsInThreeToFiveOfTenRunsAndRefuses31Votes), run => run.Guide(TimeSpan.Zero));

        Conflicting(runs).Should().BeInRange(0.30, 0.50);
        runs.Max(run => run.Conflicts).Should().Be(31);

        // 18 of 20 towers that were copied at once lacked the last vote.
        runs.Average(run => run.CopiedTowerWasFinal ? 0 : 1).Should().BeInRange(0.75, 0.97);
    }

    [Fact]
    public void Guide_OverSlowSsh_ConflictsNever() =>
        Conflicting(Repeat(nameof(Guide_OverSlowSsh_ConflictsNever), run => run.Guide(TimeSpan.FromSeconds(0.6)))).Should().Be(0);

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public void Sealed_ConflictsNeverAndMissesAboutOneSlot(double oneWayMilliseconds)
    {
        var runs = Repeat($"sealed, {oneWayMilliseconds} ms one way", run => run.Sealed(oneWayMilliseconds));

        Conflicting(runs).Should().Be(0);
        runs.Should().OnlyContain(run => run.CopiedTowerWasFinal && run.SourceExits + run.TargetExits == 0 && run.TooOld == 0);
        // Measured: 0 to 3, in the mean 0.7, also with 100 ms between the hosts.
        runs.Average(run => run.Missed).Should().BeInRange(0.5, 1.0);
        runs.Max(run => run.Missed).Should().BeLessThanOrEqualTo(4);

        // Measured: 0.4 missed slots after a call of less than 0.4 s, 1.6 after a longer one, with a search for each single vote.
        runs.Where(run => run.SourceCallMilliseconds < 400).Average(run => run.WithoutOwnVote).Should().BeInRange(0.1, 0.7);
        runs.Where(run => run.SourceCallMilliseconds >= 400).Average(run => run.WithoutOwnVote).Should().BeInRange(1.0, 2.0);
    }

    /// <summary>Measured on 4.0.3: 0 of 14 runs back to back were refused, 3 of 12 with 0.2 s before the copy, and 3 of 12 with 0.4 s. The bands are the 95 % errors of so few runs.</summary>
    [Theory]
    [InlineData(0, 0, 0.20)]
    [InlineData(200, 0.055, 0.57)]
    [InlineData(400, 0.055, 0.57)]
    public void Guide_On40_ConflictsAsOftenAsMeasured(int millisecondsBeforeCopy, double least, double most)
    {
        var runs = Repeat($"4.0.3, guide, {millisecondsBeforeCopy} ms before the copy", run => run.Guide(TimeSpan.Zero, TimeSpan.FromMilliseconds(millisecondsBeforeCopy)), client: SimulatedClient.Agave40);

        Conflicting(runs).Should().BeInRange(least, most);
        runs.Max(run => run.Conflicts).Should().Be(31);
    }

    /// <summary>Measured on 4.0.3: 0.05 missed slots in the mean, 0.11 with 100 ms to each host, and 1 at the most.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public void Sealed_On40_ConflictsNeverAndMissesNearlyNothing(double oneWayMilliseconds)
    {
        var runs = Repeat($"4.0.3, sealed, {oneWayMilliseconds} ms one way", run => run.Sealed(oneWayMilliseconds), client: SimulatedClient.Agave40);

        Conflicting(runs).Should().Be(0);
        runs.Should().OnlyContain(run => run.CopiedTowerWasFinal && run.SourceExits + run.TargetExits == 0 && run.TooOld == 0);
        runs.Average(run => run.Missed).Should().BeInRange(0.01, 0.25);
        runs.Max(run => run.Missed).Should().Be(1);
    }

    [Fact]
    public void Docs_OfTheModel_AreThese() => MadeDocs.ShouldHold("docs/performance.md", "calibration", string.Join(
        '\n',
        [
            "| client | tower of the target | refused, of 250 runs | most votes refused | missed slots: mean | measured |",
            "|---|---|---|---|---|---|",
            .. CalibrationTable.Of(Runs).Select(row => string.Create(
                CultureInfo.InvariantCulture, $"| {row.Client} | {row.Tower} | {row.Conflicts * 100:0.0} % | {row.MostRefused} | {row.MeanMissed:0.00} | {row.Measured} |")),
        ]));

    /// <summary>Not measured: a bad day of a real cluster, which the measured cluster did not have.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public void Sealed_OnAnUnkindChain_StillConflictsNever(double oneWayMilliseconds)
    {
        var runs = Repeat($"sealed on an unkind chain, {oneWayMilliseconds} ms one way", run => run.Sealed(oneWayMilliseconds), Unkind);

        Conflicting(runs).Should().Be(0);
        runs.Should().OnlyContain(run => run.CopiedTowerWasFinal && run.SourceExits + run.TargetExits == 0 && run.TooOld == 0);
        runs.Should().OnlyContain(run => run.BrokenLockouts.Count == 0);
        runs.Sum(run => run.Cluster.Chain.BanksFrom(4800).Count(bank => bank.IsOrphan)).Should().BeGreaterThan(250, "a bad day it shall be");
    }

    /// <summary>A vote for an orphan never lands, so no chain can heal the tower that lacks it, and no vote that breaks its lockout is refused.</summary>
    [Fact]
    public void NoTower_OnAChainWithForks_BreaksLockoutsThatNothingRefuses()
    {
        var forks = new ChainOptions { Forks = 0.15 };
        var without = Repeat("no tower, forks", run => run.WithTower(null), forks);
        var sealedRuns = Repeat("sealed, forks", run => run.Sealed(50), forks);

        without.Count(run => run.BrokenLockouts.Count > 0).Should().BeGreaterThan(10);
        sealedRuns.Should().OnlyContain(run => run.BrokenLockouts.Count == 0 && run.Conflicts == 0);
    }

    [Fact]
    public void Guide_OnAnUnkindChain_ConflictsNoLessOften() =>
        Conflicting(Repeat(nameof(Guide_OnAnUnkindChain_ConflictsNoLessOften), run => run.Guide(TimeSpan.Zero), Unkind)).Should().BeInRange(0.30, 0.55);

    [Fact]
    public void NoTower_SeldomConflicts() =>
        Conflicting(Repeat(nameof(NoTower_SeldomConflicts), run => run.WithTower(null))).Should().BeLessThan(0.3);

    [Fact]
    public void LeftoverTower_ConflictsNearlyAlways()
    {
        var runs = Repeat(nameof(LeftoverTower_ConflictsNearlyAlways), run =>
        {
            var old = run.TowerOf(run.SourceTowers);
            run.Cluster.Run(TimeSpan.FromSeconds(20));
            run.WithTower(old);
        });

        // A target that panicked ("Submitting old vote") can have no conflict.
        Conflicting(runs.FindAll(run => run.TargetExits == 0)).Should().BeGreaterThan(0.9);
    }

    [Fact]
    public void TowerOfAKilledSource_ConflictsNever()
    {
        var runs = Repeat(nameof(TowerOfAKilledSource_ConflictsNever), run =>
        {
            run.Source.Kill();
            run.Pause(1000);
            run.TargetTowers.Files[run.Staked] = run.TowerOf(run.SourceTowers);
            run.Call(run.Target, run.Staked, requireTower: true);
            run.Settle();
        });

        Conflicting(runs).Should().Be(0);
    }

    private static double Conflicting(List<RehearsalRun> runs) => runs.Average(run => run.Conflicts > 0 ? 1.0 : 0.0);

    private static ChainOptions Unkind { get; } = new() { Forks = 0.02, SkippedSlots = 0.05, LateVotes = 0.05, TwiceVotes = 0.02 };

    private List<RehearsalRun> Repeat(string name, Action<RehearsalRun> script, ChainOptions? chain = null, SimulatedClient? client = null)
    {
        var runs = new List<RehearsalRun>();
        for (ulong seed = 1; seed <= Runs; seed++)
        {
            var run = new RehearsalRun(seed, chain, client);
            script(run);
            runs.Add(run);
        }

        output.WriteLine(
            $"{name}: conflicts in {Conflicting(runs):P1} of {Runs} runs, at most {runs.Max(run => run.Conflicts)}; too old in {runs.Count(run => run.TooOld > 0)}; "
            + $"final copy in {runs.Count(run => run.CopiedTowerWasFinal)}; missed mean {runs.Average(run => run.Missed):0.00}, max {runs.Max(run => run.Missed)}; "
            + $"exits of a {runs.Sum(run => run.SourceExits)}, of b {runs.Sum(run => run.TargetExits)}");
        return runs;
    }
}
