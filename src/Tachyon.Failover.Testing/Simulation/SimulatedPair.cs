using Tachyon.Failover.Identities;
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
/// The simulated world of a failover, in virtual time: a cluster, the active node <see cref="A"/>, the spare <see cref="B"/>, and any number of coordinators. All of it
/// comes from one seed and happens on the thread that steps it: the same seed gives the same run, and an hour takes a second or less.
/// </summary>
/// <remarks>
/// Not thread-safe; any number of worlds may live side by side, each on its own thread. Nodes behave as <c>tachyon-validator</c> 2.2.15 was measured to. Each host
/// has a wall clock of its own. Not simulated: disks that lose what was not synced, and shells; for scripts and shells of your own there is <see cref="StandInCluster"/>.
/// </remarks>
public sealed class SimulatedPair
{
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(3);

    private readonly TimeSpan _oneWay = TimeSpan.FromMilliseconds(10);
    private SimulatedCoordinator? _coordinator;

    /// <summary>Makes a world in which both validators have caught up and the first votes.</summary>
    /// <param name="seed">What everything is drawn from.</param>
    public SimulatedPair(ulong seed)
        : this(new SimulatedPairOptions { Seed = seed })
    {
    }

    /// <summary>Makes a world in which both validators have caught up and the first votes.</summary>
    /// <param name="options">What it is like.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message holds all errors.</exception>
    public SimulatedPair(SimulatedPairOptions options)
        : this(SimulatedPairOptions.Chain(options), options.World)
    {
        _oneWay = options.RoundTrip / 2;
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

    /// <summary>Its spare.</summary>
    public SimulatedNode B { get; }

    /// <summary>Sees from outside whether everything that must never be has stayed so.</summary>
    public PairJudge Judge { get; }

    /// <summary>The program that the members below speak of, made at their first use.</summary>
    public SimulatedCoordinator Coordinator => _coordinator ??= AddCoordinator("coordinator");

    /// <summary>Its clock. Give it to your <see cref="FailoverCoordinator"/> and to whatever else waits.</summary>
    public TimeProvider Time => Coordinator.Time;

    /// <inheritdoc cref="SimulatedCoordinator.Journal"/>
    public IFailoverJournal Journal => Coordinator.Journal;

    /// <summary>The pair for a switchover from <see cref="A"/> to <see cref="B"/>. Parts of your own go in with <c>with</c>: <c>pair.FromAToB with { Towers = mine }</c>.</summary>
    public ValidatorPair FromAToB => Coordinator.FromAToB;

    /// <summary>The pair for a switchover from <see cref="B"/> to <see cref="A"/>.</summary>
    public ValidatorPair FromBToA => Coordinator.FromBToA;

    /// <summary>What is to go wrong with its calls to the nodes.</summary>
    public SimulatedFaults Faults => Coordinator.Faults;

    internal MemoryCluster Cluster { get; }

    /// <summary>The RPC providers besides the cluster's own, and what is wrong with each.</summary>
    internal IReadOnlyList<WitnessTrouble> Witnesses { get; }

    /// <inheritdoc cref="SimulatedCoordinator.Run{T}"/>
    public T? Run<T>(Func<Task<T>> work, TimeSpan? limit = null)
        where T : class => Coordinator.Run(work, limit);

    /// <summary>Lets time pass.</summary>
    /// <param name="time">How much.</param>
    public void Pass(TimeSpan time) => Cluster.Run(time);

    /// <summary>Has something done in the world after a while, in the middle of whatever runs then: <c>pair.After(TimeSpan.FromSeconds(2), pair.B.KillValidator)</c>.</summary>
    /// <param name="delay">How long from now on.</param>
    /// <param name="action">What. It may not wait.</param>
    public void After(TimeSpan delay, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Cluster.Events.Schedule(delay, action);
    }

    /// <summary>What became of the votes of all slots so far but the newest two, as the chain has it.</summary>
    public ChainReport GetChainReport() => ChainJudge.Report(Cluster.Chain, fromSlot: 0);

    /// <summary>One more program with a coordinator, as far from the nodes as the first.</summary>
    /// <param name="name">Its name; another one for each.</param>
    public SimulatedCoordinator AddCoordinator(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return AddCoordinator(name, _oneWay);
    }

    /// <summary>A coordinator of its own, somewhere.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="oneWay">How far it is to the nodes.</param>
    /// <param name="plan">What goes wrong at its seams; null for its <see cref="SimulatedCoordinator.Faults"/>.</param>
    /// <param name="journal">Its journal; null for one of its own, in memory.</param>
    internal SimulatedCoordinator AddCoordinator(string name, TimeSpan oneWay, IFaultPlan? plan = null, IFailoverJournal? journal = null) =>
        new(Cluster, A, B, name, oneWay, plan, journal ?? new InMemoryFailoverJournal(), Witnesses);
}
