using Tachyon.Failover.Journal;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Judge;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Seams;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Testing.Simulation;

/// <summary>
/// The simulated world of a failover, in virtual time: a cluster, the active node <see cref="A"/>, the inactive node <see cref="B"/>, and any number of coordinators. All of it
/// is derived from one seed and runs on the thread that steps it: the same seed gives the same run, and an hour takes a second or less.
/// </summary>
/// <remarks>
/// Not thread-safe; any number of worlds may exist at once, each on its own thread. Nodes behave as <c>tachyon-validator</c> 2.2.15 was measured to behave. Each host
/// has its own wall clock. Not simulated: disks that lose unsynced data, and shells. For your own scripts and shells there is <see cref="StandInCluster"/>.
/// </remarks>
public sealed class SimulatedPair
{
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(3);

    private readonly TimeSpan _oneWay = TimeSpan.FromMilliseconds(10);
    private SimulatedCoordinator? _coordinator;

    /// <summary>Creates a world in which both validators have caught up and the first one votes.</summary>
    /// <param name="seed">The seed of the world.</param>
    public SimulatedPair(ulong seed)
        : this(new SimulatedPairOptions { Seed = seed })
    {
    }

    /// <summary>Creates a world in which both validators have caught up and the first one votes.</summary>
    /// <param name="options">The options of the world.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message holds all errors.</exception>
    public SimulatedPair(SimulatedPairOptions options)
        : this(SimulatedPairOptions.Chain(options), options.World)
    {
        _oneWay = options.RoundTrip / 2;
        Cluster.Client = options.Client;
        Cluster.Run(SettlingTime);
    }

    internal SimulatedPair(ChainOptions chain, WorldRules? rules = null)
    {
        Cluster = new MemoryCluster(chain, rules);
        A = new SimulatedNode(Cluster, new SimulatedNodeOptions { Name = "a", StartsAs = IdentityRole.Staked });
        B = new SimulatedNode(Cluster, new SimulatedNodeOptions { Name = "b", StartsAs = IdentityRole.Unstaked });
        Witnesses = [new WitnessTrouble(Cluster), new WitnessTrouble(Cluster)];
        Judge = new PairJudge(this);
        A.StartValidator(TimeSpan.Zero);
        B.StartValidator(TimeSpan.Zero);
    }

    /// <summary>The node that has the staked identity at the beginning.</summary>
    public SimulatedNode A { get; }

    /// <summary>The inactive node at the beginning.</summary>
    public SimulatedNode B { get; }

    /// <summary>Checks from outside that no invariant is broken.</summary>
    public PairJudge Judge { get; }

    /// <summary>The coordinator of the members below, created at its first use.</summary>
    public SimulatedCoordinator Coordinator => _coordinator ??= AddCoordinator("coordinator");

    /// <summary>Its clock. Give it to your <see cref="FailoverCoordinator"/> and to everything else that waits.</summary>
    public TimeProvider Time => Coordinator.Time;

    /// <inheritdoc cref="SimulatedCoordinator.Journal"/>
    public IFailoverJournal Journal => Coordinator.Journal;

    /// <summary>The pair for a switchover from <see cref="A"/> to <see cref="B"/>. Parts of your own go in with <c>with</c>: <c>pair.FromAToB with { Towers = mine }</c>.</summary>
    public ValidatorPair FromAToB => Coordinator.FromAToB;

    /// <summary>The pair for a switchover from <see cref="B"/> to <see cref="A"/>.</summary>
    public ValidatorPair FromBToA => Coordinator.FromBToA;

    /// <summary>The planned faults of its calls to the nodes.</summary>
    public SimulatedFaults Faults => Coordinator.Faults;

    internal MemoryCluster Cluster { get; }

    /// <summary>The RPC providers besides the cluster's own, and the faults of each.</summary>
    internal IReadOnlyList<WitnessTrouble> Witnesses { get; }

    /// <inheritdoc cref="SimulatedCoordinator.Run{T}"/>
    public T? Run<T>(Func<Task<T>> work, TimeSpan? limit = null)
        where T : class => Coordinator.Run(work, limit);

    /// <summary>Lets time pass.</summary>
    /// <param name="time">How long.</param>
    public void Pass(TimeSpan time) => Cluster.Run(time);

    /// <summary>Runs an action in the world after a while, in the middle of a run: <c>pair.After(TimeSpan.FromSeconds(2), pair.B.KillValidator)</c>.</summary>
    /// <param name="delay">How long from now.</param>
    /// <param name="action">The action. It may not wait.</param>
    public void After(TimeSpan delay, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Cluster.Events.Schedule(delay, action);
    }

    /// <summary>The chain's report on the votes of all slots so far, without the newest two.</summary>
    public ChainReport GetChainReport() => ChainJudge.Report(Cluster.Chain, fromSlot: 0);

    /// <summary>Creates another program with a coordinator, as far from the nodes as the first.</summary>
    /// <param name="name">Its name. Each coordinator has another one.</param>
    public SimulatedCoordinator AddCoordinator(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return AddCoordinator(name, _oneWay);
    }

    /// <summary>Creates a coordinator with its own place in the world.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="oneWay">The latency to the nodes, one way.</param>
    /// <param name="plan">The faults of its calls; null for its <see cref="SimulatedCoordinator.Faults"/>.</param>
    /// <param name="journal">Its journal; null for its own, in memory.</param>
    internal SimulatedCoordinator AddCoordinator(string name, TimeSpan oneWay, IFaultPlan? plan = null, IFailoverJournal? journal = null) =>
        new(Cluster, A, B, name, oneWay, plan, journal ?? new InMemoryFailoverJournal(), Witnesses);
}
