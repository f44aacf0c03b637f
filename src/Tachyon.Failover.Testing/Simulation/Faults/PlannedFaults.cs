using Tachyon.Failover.Testing.Simulation.Coordinators;
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
    private readonly SeededRandom _random;
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
        _random = random;
        _onCalls = new Dictionary<int, CallFault>(onCalls);
        _onRpc = new Dictionary<int, RpcFault>(onRpc ?? []);
        _onJournal = new Dictionary<int, JournalFault>(onJournal ?? []);
    }

    /// <summary>The coordinator whose seams they are at; it dies of some.</summary>
    public SimulatedCoordinator? Owner { get; set; }

    /// <summary>What has gone wrong so far.</summary>
    public IReadOnlyList<string> Injected => _injected;

    public HostCommand Apply(HostCommand command, NodeConversation conversation)
    {
        if (!_onCalls.TryGetValue(_calls++, out var fault))
        {
            return command;
        }

        _injected.Add($"{fault} at {command.Name} on {conversation.Node.Name}");
        return With(fault, command, conversation);
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

    private HostCommand With(CallFault fault, HostCommand command, NodeConversation conversation)
    {
        var (node, wire) = (conversation.Node, conversation.Wire);
        switch (fault)
        {
            case CallFault.Refused:
                return command with { Act = turn => turn.Answer(CallResult.NotDone(CallFailure.PermissionDenied, "Permission denied")) };
            case CallFault.DoneAnswerLost:
                return Then(command, () => wire.Cut("the connection was reset"));
            case CallFault.NotDoneAnswerLost:
                node.Events.Schedule(TimeSpan.Zero, () => wire.Cut("the connection was reset"));
                return command;
            case CallFault.DoneLate:
                return command with { Starts = LongerThanAnyLimit };
            case CallFault.NeverAnswered:
                return command with { Starts = LongerThanAnyLimit, Act = turn => turn.Answer(CallResult.NotDone(CallFailure.Unrecognised, "Killed")) };
            case CallFault.Partitioned:
                wire.Partition();
                node.Events.Schedule(_random.Chance(0.5) ? _random.Milliseconds(500, 30_000) : _random.Milliseconds(30_000, 600_000), wire.Heal);
                return command;
            case CallFault.HostCrashBefore:
                return command with { Act = _ => Crash(node) };
            case CallFault.HostCrashAfter:
                return Then(command, () => Crash(node));
            case CallFault.ValidatorCrashBefore:
                return Before(command, node.KillValidator);
            case CallFault.ValidatorCrashAfter:
                return Then(command, node.KillValidator);
            case CallFault.CoordinatorCrashBefore:
                Owner!.Crash(_random.Chance(0.7));
                return command;
            case CallFault.CoordinatorCrashAfter:
                node.Events.Schedule(_random.Milliseconds(1, 1500), () => Owner!.Crash(_random.Chance(0.7)));
                return command;
            case CallFault.DiskFull:
                node.DiskIsFull = true;
                return command;
            case CallFault.TornWrite:
                return command with { Act = turn => turn.Answer(CallResult.NotDone(CallFailure.TowerNotTheDelivered, "the digest differs")) };
            case CallFault.ValidatorStopped:
                return Before(command, () => node.StopValidator(_random.Milliseconds(500, 40_000)));
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault.");
        }
    }

    private TimeSpan LongerThanAnyLimit => _random.Milliseconds(13_500, 45_000);

    private void Crash(SimulatedNode node) => node.Crash(_random.Milliseconds(5_000, 60_000));

    private static HostCommand Before(HostCommand command, Action action) => command with
    {
        Act = turn =>
        {
            action();
            command.Act(turn);
        },
    };

    private static HostCommand Then(HostCommand command, Action action) => command with { Act = turn => command.Act(turn.Before(action)) };
}
