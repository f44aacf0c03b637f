using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Tests.Safety;

/// <summary>Records every call of a coordinator to its nodes, and refuses the named ones.</summary>
/// <param name="refused">The calls that are refused: node and call.</param>
internal sealed class CallRecorder(params string[] refused) : IFaultPlan
{
    private static readonly NodeCall[] Probes = [NodeCall.ShowContactInfo, NodeCall.Inspect, NodeCall.ReadLink, NodeCall.ReadTower, NodeCall.ReadTowerCopy, NodeCall.AwaitVote];

    private readonly List<string> _changes = [];

    /// <summary>The changing calls, in order: node and call.</summary>
    public IReadOnlyList<string> Changes => _changes;

    public HostCommand Apply(HostCommand command, NodeConversation conversation)
    {
        var name = $"{conversation.Node.Name}: {command.Call}";
        if (!Probes.Contains(command.Call))
        {
            _changes.Add(name);
        }

        return refused.Contains(name)
            ? command with { Act = turn => turn.Answer(CallResult.NotDone(CallFailure.PermissionDenied, "Permission denied")) }
            : command;
    }

    public RpcFault OnRpc(string method) => RpcFault.None;

    public JournalFault OnJournal() => JournalFault.None;
}
