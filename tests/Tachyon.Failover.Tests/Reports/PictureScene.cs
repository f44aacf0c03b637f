using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Tests.Recovery;

namespace Tachyon.Failover.Tests.Reports;

/// <summary>Switchovers of the simulated pair that end in each way, in virtual time.</summary>
internal static class PictureScene
{
    /// <summary>Nothing is in the way.</summary>
    public static FailoverResult Completed(ulong seed) => Switchover(seed, FailoverStep.Preflight, static (_, _) => { });

    /// <summary>The target refuses the tower: the source was sealed, and is restored.</summary>
    public static FailoverResult RolledBack() => Switchover(4, FailoverStep.DeliverTower, static (pair, _) => pair.B.DiskIsFull = true);

    /// <summary>The connection to the source is lost while it is fenced, and with it the view of its votes.</summary>
    public static FailoverResult UndoneUnseen() => Switchover(
        2, FailoverStep.DemoteSource, static (pair, coordinator) => pair.Cluster.Events.Schedule(TimeSpan.FromMilliseconds(200), () => coordinator.WireTo(pair.A).Cut("the connection was reset")));

    /// <summary>The target is unreachable from the promotion on.</summary>
    public static FailoverResult Indeterminate() => Switchover(5, FailoverStep.PromoteTarget, static (pair, coordinator) => coordinator.WireTo(pair.B).Partition());

    /// <summary>The target's validator is gone before anything is moved.</summary>
    public static FailoverResult Refused() => Switchover(1, FailoverStep.AwaitRestartWindow, static (pair, _) => pair.B.KillValidator());

    private static FailoverResult Switchover(ulong seed, FailoverStep when, Action<SimulatedPair, SimulatedCoordinator> what)
    {
        var pair = new SimulatedPair(new ChainOptions { Seed = seed });
        pair.Cluster.Run(TimeSpan.FromSeconds(3));
        SimulatedCoordinator? coordinator = null;
        coordinator = pair.AddCoordinator("first", TimeSpan.FromMilliseconds(25), plan: null, new StoryJournal(when, _ => what(pair, coordinator!)));
        var options = new FailoverOptions { MinimumIdle = null, Journal = coordinator.Journal, Holder = coordinator.Name };
        var result = coordinator.Run(() => new FailoverCoordinator(options, timeProvider: coordinator.Time).SwitchoverAsync(coordinator.Pair(pair.A)), TimeSpan.FromMinutes(10))!;
        return result.With(it => it.RunId = RunId.Parse("019b76da-b3b8-7000-8000-000000000001"));
    }
}
