using Tachyon.Failover.Testing.Simulation.Nodes;

namespace Tachyon.Failover.Soak;

/// <summary>The tables in validator.md, of 2.2.15 and of 4.0.3, played by the model.</summary>
internal static class CalibrationTable
{
    public static IReadOnlyList<CalibrationRow> Of(int runs) =>
    [
        Row(Old, "final, sealed", "0 of 128 conflict, 0 to 3 missed slots, mean 0.7", runs, run => run.Sealed(0)),
        Row(Old, "final, sealed, 100 ms of round trip", "none conflicts, 0 to 3 missed slots, mean 0.7", runs, run => run.Sealed(50)),
        Row(Old, "copied at once: the guide's script", "8 of 20 and 5 of 16 conflict, 31 votes refused in a row", runs, run => run.Guide(TimeSpan.Zero)),
        Row(Old, "the same with 0.6 s of ssh", "none conflicts", runs, run => run.Guide(TimeSpan.FromSeconds(0.6))),
        Row(Old, "left over from the failover before", "4 of 4 conflict, 7 to 41 votes refused", runs, Leftover),
        Row(Old, "from the disk of a killed source", "0 of 3 conflict, 1 to 2 missed slots", runs, OfKilledSource),
        Row(Old, "none", "1 of 7 conflicts, 1 to 2 missed slots", runs, run => run.WithTower(null)),
        Row(New, "final, sealed", "0 of 47 conflict, 0 to 1 missed slots, mean 0.05", runs, run => run.Sealed(0)),
        Row(New, "final, sealed, 100 ms of round trip", "0 of 40 conflict, 0 to 1 missed slots, mean 0.11", runs, run => run.Sealed(50)),
        Row(New, "copied at once: the guide's script", "0 of 14 conflict, 0 to 1 missed slots, mean 0.14", runs, run => run.Guide(TimeSpan.Zero)),
        Row(New, "the same, 0.2 s before the copy", "3 of 12 conflict, up to 30 votes refused", runs, run => run.Guide(TimeSpan.Zero, TimeSpan.FromSeconds(0.2))),
        Row(New, "the same, 0.4 s before the copy", "3 of 12 conflict, up to 31 votes refused", runs, run => run.Guide(TimeSpan.Zero, TimeSpan.FromSeconds(0.4))),
    ];

    private static SimulatedClient Old => SimulatedClient.Tachyon22;

    private static SimulatedClient New => SimulatedClient.Agave40;

    private static void Leftover(RehearsalRun run)
    {
        var old = run.TowerOf(run.SourceTowers);
        run.Cluster.Run(TimeSpan.FromSeconds(20));
        run.WithTower(old);
    }

    private static void OfKilledSource(RehearsalRun run)
    {
        run.Source.Kill();
        run.Pause(1000);
        run.TargetTowers.Files[run.Staked] = run.TowerOf(run.SourceTowers);
        run.Call(run.Target, run.Staked, requireTower: true);
        run.Settle();
    }

    private static CalibrationRow Row(SimulatedClient client, string tower, string measured, int runs, Action<RehearsalRun> script)
    {
        var played = new List<RehearsalRun>();
        for (ulong seed = 1; seed <= (ulong)runs; seed++)
        {
            var run = new RehearsalRun(seed, client: client);
            script(run);
            played.Add(run);
        }

        return new CalibrationRow
        {
            Client = client.Running,
            Tower = tower,
            Measured = measured,
            Runs = runs,
            Conflicts = played.Average(run => run.Conflicts > 0 ? 1.0 : 0.0),
            MostRefused = played.Max(run => run.Conflicts),
            MeanMissed = played.Average(run => run.Missed),
            MostMissed = played.Max(run => run.Missed),
        };
    }
}
