using Tachyon.Failover.Cluster;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Schedule;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Seams;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Testing.Simulation.Coordinators;

/// <summary>
/// A program with a <see cref="FailoverCoordinator"/> somewhere in the simulated world: its clock, its ways to the nodes and to the cluster, its journal. Everything that the
/// coordinator waits for is an event of the world, so its code runs inside of them, on one thread.
/// </summary>
internal sealed class SimulatedCoordinator
{
    private readonly MemoryCluster _cluster;
    private readonly NodeConversation _a;
    private readonly NodeConversation _b;

    public SimulatedCoordinator(
        MemoryCluster cluster, SimulatedNode a, SimulatedNode b, string name, TimeSpan oneWay, IFaultPlan faults, IFailoverJournal journal)
    {
        _cluster = cluster;
        Name = name;
        Time = new VirtualTime(cluster.Events, () => IsAlive);
        Random = new SeededRandom(cluster.Seed, $"coordinator {name}");
        Faults = faults;
        Journal = new SimulatedJournal(journal, this);
        _a = Converse(a, oneWay);
        _b = Converse(b, oneWay);
    }

    public string Name { get; }

    public VirtualTime Time { get; }

    public SeededRandom Random { get; }

    public IFaultPlan Faults { get; }

    public IFailoverJournal Journal { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether it can reach the cluster's RPC.</summary>
    public bool ReachesCluster { get; set; } = true;

    /// <summary>What the gateway before the cluster's RPC answers instead of it: an HTTP error or nonsense; null if it lets calls through.</summary>
    public ClusterRpcFailure? GatewayFailure { get; set; }

    public EventQueue Events => _cluster.Events;

    public NodeWire WireTo(SimulatedNode node) => With(node).Wire;

    /// <summary>The conversation with a node.</summary>
    public NodeConversation With(SimulatedNode node) => node == _a.Node ? _a : _b;

    /// <summary>The pair with a direction.</summary>
    public ValidatorPair Pair(SimulatedNode source)
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
        };
    }

    /// <summary>The program ends in the middle of whatever it does.</summary>
    /// <param name="machineLives">Whether its machine lives on and closes its connections.</param>
    public void Crash(bool machineLives)
    {
        IsAlive = false;
        _a.Wire.CoordinatorDied(machineLives);
        _b.Wire.CoordinatorDied(machineLives);
    }

    /// <summary>Something takes a while; nothing comes of it if the program has crashed by then.</summary>
    public Task<T> LaterAsync<T>(TimeSpan delay, Func<T> answer)
    {
        var done = new TaskCompletionSource<T>();
        Events.Schedule(delay, () =>
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
        });
        return done.Task;
    }

    private NodeConversation Converse(SimulatedNode node, TimeSpan oneWay)
    {
        var wire = new NodeWire(Events, new SeededRandom(_cluster.Seed, $"wire from {Name} to {node.Name}"), oneWay)
        {
            HostIsUp = () => node.IsUp,
            CoordinatorIsUp = () => IsAlive,
        };
        node.HostCrashed += () => wire.Cut("the host is gone");
        return new NodeConversation(node, wire, Events, Faults);
    }

    private ValidatorNode Node(NodeConversation conversation, IClusterRpc cluster) => new()
    {
        Name = conversation.Node.Name,
        Host = new SimulatedValidatorHost(conversation),
        Link = new SimulatedIdentityLink(conversation),
        Lock = new SimulatedNodeLock(conversation),
        RestartWindow = new ScheduleRestartWindow(cluster, _cluster.Identities.Staked, Time),
        Rpc = new SimulatedClusterRpc(this, _cluster.Chain, conversation, new ChainAnswers(_cluster, conversation.Node)),
    };
}
