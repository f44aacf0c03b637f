using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Testing.Simulation.Faults;

/// <summary>Faults at chosen calls of one coordinator, counted over all its seams.</summary>
internal sealed class PlannedFaults : IFaultPlan
{
    private readonly Dictionary<int, CallFault> _onCalls;
    private readonly Dictionary<int, RpcFault> _onRpc;
    private readonly Dictionary<int, JournalFault> _onJournal;
    private readonly CallFaultEffects _effects;
    private readonly List<string> _injected = [];
    private int _calls;
    private int _rpcCalls;
    private int _writes;

    public PlannedFaults(
        SeededRandom random,
        IEnumerable<KeyValuePair<int, CallFault>> onCalls,
        IEnumerable<KeyValuePair<int, RpcFault>>? onRpc = null,
        IEnumerable<KeyValuePair<int, JournalFault>>? onJournal = null)
    {
        _effects = new CallFaultEffects(random);
        _onCalls = new Dictionary<int, CallFault>(onCalls);
        _onRpc = new Dictionary<int, RpcFault>(onRpc ?? []);
        _onJournal = new Dictionary<int, JournalFault>(onJournal ?? []);
    }

    /// <summary>The coordinator whose calls are counted. Some faults kill it.</summary>
    public SimulatedCoordinator? Owner
    {
        get => _effects.Owner;
        set => _effects.Owner = value;
    }

    /// <summary>The faults that were injected so far.</summary>
    public IReadOnlyList<string> Injected => _injected;

    public HostCommand Apply(HostCommand command, NodeConversation conversation)
    {
        if (!_onCalls.TryGetValue(_calls++, out var fault))
        {
            return command;
        }

        _injected.Add($"{fault} at {command.Call} on {conversation.Node.Name}");
        return _effects.With(fault, command, conversation);
    }

    public RpcFault OnRpc(string method)
    {
        if (_onRpc.TryGetValue(_rpcCalls++, out var fault))
        {
            _injected.Add($"{fault} at {method}");
            return fault;
        }

        return RpcFault.None;
    }

    public JournalFault OnJournal()
    {
        if (_onJournal.TryGetValue(_writes++, out var fault))
        {
            _injected.Add($"{fault} at the journal");
            return fault;
        }

        return JournalFault.None;
    }
}
