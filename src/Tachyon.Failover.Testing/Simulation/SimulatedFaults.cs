using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Testing.Simulation;

/// <summary>The planned faults of a coordinator's calls to its nodes, by the name of the call. Each fault happens once.</summary>
/// <remarks>Not thread-safe. The duration of a fault's effect comes from the pair's seed.</remarks>
public sealed class SimulatedFaults : IFaultPlan
{
    private readonly CallFaultEffects _effects;
    private readonly List<Planned> _planned = [];
    private readonly List<string> _happened = [];

    internal SimulatedFaults(SimulatedCoordinator owner, SeededRandom random) => _effects = new CallFaultEffects(random) { Owner = owner };

    /// <summary>The faults that have happened so far, a line each. A test checks that its fault is among them.</summary>
    public IReadOnlyList<string> Happened => _happened;

    /// <summary>Plans a fault of a call.</summary>
    /// <param name="node">The node that is called.</param>
    /// <param name="call">The call.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="skip">How many such calls succeed first.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="call"/> or <paramref name="fault"/> is none, or <paramref name="skip"/> is negative.</exception>
    public void Add(SimulatedNode node, NodeCall call, CallFault fault, int skip = 0)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        _planned.Add(new Planned(node, Defined(call), Defined(fault)) { Skip = skip });
    }

    HostCommand IFaultPlan.Apply(HostCommand command, NodeConversation conversation)
    {
        // Every waiting fault counts the call, so that two faults may wait for the same call.
        var due = _planned.Where(one => one.Node == conversation.Node && one.Call == command.Call).ToList().FindAll(static one => one.Skip-- == 0);
        foreach (var one in due)
        {
            _planned.Remove(one);
            _happened.Add($"{one.Fault} at {one.Call} on {one.Node.Name}");
            command = _effects.With(one.Fault, command, conversation);
        }

        return command;
    }

    RpcFault IFaultPlan.OnRpc(string method) => RpcFault.None;

    JournalFault IFaultPlan.OnJournal() => JournalFault.None;

    private static T Defined<T>(T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"There is no such {typeof(T).Name}.");

    private sealed class Planned(SimulatedNode node, NodeCall call, CallFault fault)
    {
        public SimulatedNode Node => node;

        public NodeCall Call => call;

        public CallFault Fault => fault;

        public int Skip { get; set; }
    }
}
