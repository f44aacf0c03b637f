using Tachyon.Failover;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Judge;

var runs = int.Parse(args[0]);
var missed = new int[10];
var start = TimeProvider.System.GetTimestamp();
for (var seed = 1; seed <= runs; seed++)
{
    var pair = new SimulatedPair(new ChainOptions { Seed = (ulong)seed });
    pair.Cluster.Run(TimeSpan.FromSeconds(3 + (seed % 97 / 40.0)));
    var coordinator = pair.AddCoordinator("one", TimeSpan.FromMilliseconds(25));
    var failover = new FailoverCoordinator(new FailoverOptions { MinimumIdle = null, Journal = coordinator.Journal, Holder = "one" }, timeProvider: coordinator.Time);
    var result = pair.Complete(coordinator, () => failover.SwitchoverAsync(coordinator.Pair(pair.A)), TimeSpan.FromMinutes(10))!;
    pair.Cluster.Run(TimeSpan.FromSeconds(3));
    var report = ChainJudge.Report(pair.Cluster.Chain, 4803);
    missed[report.MissedSlots]++;
    if (seed <= 2)
    {
        Console.WriteLine(result);
        Console.WriteLine($"missed {report.MissedSlots}, refused {report.RefusedVotes}, double {report.DoubleVotes}, virtual {(pair.Cluster.Events.Now - DateTimeOffset.UnixEpoch.AddYears(56)).TotalSeconds} s");
    }
}

Console.WriteLine($"{runs / TimeProvider.System.GetElapsedTime(start).TotalSeconds:0} runs/s; missed {string.Join(' ', missed)}");
