using Tachyon.Failover.Journal;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Testing.Simulation.Judge;
using Tachyon.Failover.Testing.Simulation.Nodes;

namespace Tachyon.Failover.Tests.Recovery;

/// <summary>The simulated pair, voting, and coordinators that run operations on it.</summary>
internal sealed class RecoveryScene
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    private int _coordinators;

    public RecoveryScene(ulong seed = 1)
    {
        World = new SimulatedPair(new ChainOptions { Seed = seed });
        Judge = World.Judge;
        World.Cluster.Run(TimeSpan.FromSeconds(5));
    }

    public SimulatedPair World { get; }

    public PairJudge Judge { get; }

    public SimulatedNode A => World.A;

    public SimulatedNode B => World.B;

    public string Staked => World.Cluster.Identities.Staked.ToString();

    public SimulatedCoordinator Coordinator(IFailoverJournal? journal = null) => World.AddCoordinator($"coordinator {++_coordinators}", TimeSpan.FromMilliseconds(10), plan: null, journal);

    /// <summary>A switchover from a to b; null if its coordinator crashed.</summary>
    public FailoverResult? Switchover(SimulatedCoordinator coordinator) =>
        coordinator.Run(() => Failover(coordinator).SwitchoverAsync(coordinator.Pair(A)), Limit);

    public RecoveryResult Recover(SimulatedNode? source = null, SimulatedCoordinator? coordinator = null, CancellationTokenSource? giveUp = null)
    {
        var used = coordinator ?? Coordinator();
        return used.Run(() => Failover(used).RecoverAsync(used.Pair(source ?? A), progress: null, giveUp?.Token ?? CancellationToken.None), Limit)!;
    }

    public PairDiagnosis Diagnose()
    {
        var coordinator = Coordinator();
        return coordinator.Run(() => Failover(coordinator).DiagnoseAsync(coordinator.Pair(A)), Limit)!;
    }

    /// <summary>Begins a switchover whose coordinator crashes when it is about to take a step.</summary>
    public void CrashBefore(FailoverStep step, IFailoverJournal? journal = null)
    {
        SimulatedCoordinator? coordinator = null;
        var hooked = new StoryJournal(step, _ => coordinator!.Crash(machineLives: true));
        coordinator = Coordinator(journal ?? hooked);
        Switchover(coordinator);
        World.Cluster.Run(TimeSpan.FromSeconds(1));
    }

    private static FailoverCoordinator Failover(SimulatedCoordinator coordinator) => new(
        new FailoverOptions { MinimumIdle = null, Journal = coordinator.Journal, Holder = coordinator.Name },
        timeProvider: coordinator.Time);
}
