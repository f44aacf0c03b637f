using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>The table in validator.md, "What a wrong tower does": a model in which the naive switch works is wrong.</summary>
public sealed class CalibrationTests(ITestOutputHelper output)
{
    private const int Runs = 300;

    [Fact]
    public void Report()
    {
        var guide = Repeat(run => run.Guide(TimeSpan.Zero));
        Show("guide at once", guide);
        Show("guide 0.6", Repeat(run => run.Guide(TimeSpan.FromSeconds(0.6))));
        Show("sealed", Repeat(run => run.Sealed(0)));
        var sealed100 = Repeat(run => run.Sealed(50));
        Show("sealed 100 ms", sealed100);
        output.WriteLine($"short: {sealed100.Where(r => r.SourceCallMilliseconds < 400).Average(r => r.Missed):0.00} long: {sealed100.Where(r => r.SourceCallMilliseconds >= 400).Average(r => r.Missed):0.00}");
        Show("none", Repeat(run => run.WithTower(null)));
        Show("leftover", Repeat(run =>
        {
            var old = run.TowerOf(run.SourceTowers);
            run.Cluster.Run(TimeSpan.FromSeconds(20));
            run.WithTower(old);
        }));
        guide.Should().NotBeEmpty();
    }

    private void Show(string name, List<RehearsalRun> runs) =>
        output.WriteLine($"{name}: conflicts in {runs.Count(r => r.Conflicts > 0) * 100.0 / runs.Count:0.0}% max {runs.Max(r => r.Conflicts)} refused min {runs.Where(r => r.Conflicts > 0).Select(r => r.Conflicts).DefaultIfEmpty().Min()}; too old {runs.Count(r => r.TooOld > 0)}; final copy {runs.Count(r => r.CopiedTowerWasFinal) * 100.0 / runs.Count:0}%; missed mean {runs.Average(r => r.Missed):0.00} max {runs.Max(r => r.Missed)} hist {string.Join(' ', runs.GroupBy(r => r.Missed).OrderBy(g => g.Key).Select(g => $"{g.Key}:{g.Count()}"))}; exits a {runs.Sum(r => r.SourceExits)} b {runs.Sum(r => r.TargetExits)}");

    private static List<RehearsalRun> Repeat(Action<RehearsalRun> script)
    {
        var runs = new List<RehearsalRun>();
        for (ulong seed = 1; seed <= Runs; seed++)
        {
            var run = new RehearsalRun(seed);
            script(run);
            runs.Add(run);
        }

        return runs;
    }
}
