using Tachyon.Failover.Cluster;
using Tachyon.Failover.Journal;
using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Seams;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Testing.Simulation;

/// <summary>
/// A program with a <see cref="FailoverCoordinator"/> in the simulated world: its clock, its ways to the nodes and to the cluster, its journal. Everything that the
/// coordinator waits for is an event of the world, so its code runs inside the events, on one thread.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class SimulatedCoordinator
{
    /// <summary>Longer than any of a coordinator's default waits.</summary>
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromHours(3);

    private readonly MemoryCluster _cluster;
    private readonly NodeConversation _a;
    private readonly NodeConversation _b;
    private readonly IReadOnlyList<WitnessTrouble> _witnesses;

    internal SimulatedCoordinator(
        MemoryCluster cluster, SimulatedNode a, SimulatedNode b, string name, TimeSpan oneWay, IFaultPlan? plan, IFailoverJournal journal, IReadOnlyList<WitnessTrouble>? witnesses = null)
    {
        _witnesses = witnesses ?? [];
        _cluster = cluster;
        Name = name;
        Clock = new VirtualTime(cluster.Events, () => IsAlive);
        Random = new SeededRandom(cluster.Seed, $"coordinator {name}");
        Faults = new SimulatedFaults(this, new SeededRandom(cluster.Seed, $"faults of {name}"));
        Plan = plan ?? Faults;
        Journal = new SimulatedJournal(journal, this);
        _a = Converse(a, oneWay);
        _b = Converse(b, oneWay);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its clock: the world's time. Give it to everything that waits.</summary>
    public TimeProvider Time => Clock;

    /// <summary>The faults of its calls to the nodes.</summary>
    public SimulatedFaults Faults { get; }

    /// <summary>Whether it still runs: false after a crash.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether it can reach the cluster's RPC. If not, calls end after 5 s.</summary>
    public bool ReachesCluster { get; set; } = true;

    /// <summary>The pair for a switchover from <see cref="SimulatedPair.A"/> to <see cref="SimulatedPair.B"/>. Parts of your own go in with <c>with</c>.</summary>
    public ValidatorPair FromAToB => Pair(_a.Node);

    /// <summary>The pair for a switchover from <see cref="SimulatedPair.B"/> to <see cref="SimulatedPair.A"/>.</summary>
    public ValidatorPair FromBToA => Pair(_b.Node);

    /// <summary>A journal on its machine's disk: it outlives a crash of the coordinator. Set it in <see cref="FailoverOptions.Journal"/>; a takeover is refused without a journal.</summary>
    public IFailoverJournal Journal { get; }

    internal VirtualTime Clock { get; }

    /// <summary>Raised when it is suspended, with the length.</summary>
    internal Action<TimeSpan> StandsStill { get; set; } = static _ => { };

    internal SeededRandom Random { get; }

    internal IFaultPlan Plan { get; }

    /// <summary>The answer of the gateway in front of the cluster's RPC: an HTTP error or an invalid answer; null if it passes calls on.</summary>
    internal ClusterRpcFailure? GatewayFailure { get; set; }

    internal EventQueue Events => _cluster.Events;

    /// <summary>Runs work of this program, and the world with it, until the work has ended or the program has crashed.</summary>
    /// <param name="work">The work. It may wait only for the pair and <see cref="Time"/>: no files, no network, no other threads.</param>
    /// <param name="limit">How long it may take in the world's time; null for 3 h.</param>
    /// <returns>The result of the work; null if the program has crashed, which only a fault causes.</returns>
    /// <exception cref="TimeoutException">The work did not end within the limit.</exception>
    /// <exception cref="InvalidOperationException">The work continued on another thread: the same seed would not give the same run.</exception>
    public T? Run<T>(Func<Task<T>> work, TimeSpan? limit = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(work);

        // Awaiting code continues inside its event. A synchronization context would post it to other threads.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Events.BindToThisThread();
            var task = work();
            _cluster.RunUntil(() => task.IsCompleted || !IsAlive || Events.HasStrayed, limit ?? DefaultLimit);
            if (Events.HasStrayed)
            {
                throw new InvalidOperationException(EventQueue.Strayed);
            }

            return task.IsCompleted ? task.GetAwaiter().GetResult() : null;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Kills the program in the middle of its work. Its machine closes its connections.</summary>
    public void Crash() => Crash(machineLives: true);

    /// <summary>
    /// Its machine is suspended for a while (a lid, a paused virtual machine), or the program alone does (Ctrl-Z). Then it continues where it was; nothing reaches it in between. After a machine's pause its timers
    /// are late by that time, and its wall clock is right. After a program's pause, all due timers fire at once (safety.md, H3).
    /// </summary>
    /// <param name="pause">How long.</param>
    /// <param name="isMachine">Whether its machine is suspended, its clock for timers included.</param>
    internal void StandStill(TimeSpan pause, bool isMachine)
    {
        Clock.StandStill(pause, isMachine);
        StandsStill(pause);
    }

    /// <summary>Blocks everything between it and a node for a while.</summary>
    /// <param name="node">The node.</param>
    /// <param name="pause">How long.</param>
    public void Partition(SimulatedNode node, TimeSpan pause)
    {
        ArgumentNullException.ThrowIfNull(node);
        var wire = WireTo(node);
        wire.Partition();
        Events.Schedule(pause, wire.Heal);
    }

    internal NodeWire WireTo(SimulatedNode node) => With(node).Wire;

    /// <summary>The conversation with a node.</summary>
    internal NodeConversation With(SimulatedNode node) => node == _a.Node ? _a : _b;

    /// <summary>The pair in a direction.</summary>
    internal ValidatorPair Pair(SimulatedNode source)
    {
        var (from, to) = source == _a.Node ? (_a, _b) : (_b, _a);
        var cluster = new SimulatedClusterRpc(this, _cluster.Chain, node: null, new ChainAnswers(_cluster, node: null));
        return new ValidatorPair
        {
            StakedIdentity = _cluster.Identities.Staked,
            Source = Node(from, cluster),
            Target = Node(to, cluster),
            Towers = new SimulatedTowerTransport(from, to, Events),
            Cluster = cluster,
            Witnesses = [.. _witnesses.Select((trouble, number) => new Witness { Name = $"provider {number + 1}", Rpc = new SimulatedWitness(this, cluster, trouble) })],
            Ports = new SimulatedPortProbe(this, [_a.Node, _b.Node]),
        };
    }

    /// <summary>Kills the program in the middle of its work.</summary>
    /// <param name="machineLives">Whether its machine lives on and closes its connections.</param>
    internal void Crash(bool machineLives)
    {
        IsAlive = false;
        _a.Wire.CoordinatorDied(machineLives);
        _b.Wire.CoordinatorDied(machineLives);
    }

    /// <summary>Runs work that takes a while. It has no effect if the program has crashed in the meantime.</summary>
    internal Task<T> LaterAsync<T>(TimeSpan delay, Func<T> answer)
    {
        var done = new TaskCompletionSource<T>();
        Events.Schedule(delay, () => Clock.WhenGoingOn(() =>
        {
            if (!IsAlive)
            {
                return;
            }

            T value;
            try
            {
                value = answer();
            }
            catch (Exception exception)
            {
                done.TrySetException(exception);
                return;
            }

            done.TrySetResult(value);
        }));
        return done.Task;
    }

    private NodeConversation Converse(SimulatedNode node, TimeSpan oneWay)
    {
        var wire = new NodeWire(Events, new SeededRandom(_cluster.Seed, $"wire from {Name} to {node.Name}"), oneWay, _cluster.Rules)
        {
            HostIsUp = () => node.IsUp,
            CoordinatorIsUp = () => IsAlive,
            AtCoordinator = Clock.WhenGoingOn,
        };
        node.HostCrashed += () => wire.Cut("the host is gone");
        return new NodeConversation(node, wire, Clock, Plan);
    }

    private ValidatorNode Node(NodeConversation conversation, IClusterRpc cluster) => new()
    {
        Name = conversation.Node.Name,
        Host = new SimulatedValidatorHost(conversation, conversation.Node.Named),
        Link = new SimulatedIdentityLink(conversation, conversation.Node.Named),
        Lock = new SimulatedNodeLock(conversation),
        Process = new SimulatedValidatorProcess(conversation),
        FencingDevice = conversation.Node.HasPowerSwitch ? new SimulatedPowerSwitch(this, conversation.Node) : null,
        TowerCopies = new SimulatedTowerCopyStore(conversation),
        Heartbeat = new SimulatedGuardHeartbeat(this, conversation.Node),
        RestartWindow = new ScheduleRestartWindow(cluster, _cluster.Identities.Staked, Time),
        Rpc = new SimulatedClusterRpc(this, _cluster.Chain, conversation, new ChainAnswers(_cluster, conversation.Node)),
    };
}
