using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Testing.Simulation.Faults;

/// <summary>Nothing goes wrong.</summary>
internal sealed class NoFaults : IFaultPlan
{
    public HostCommand Apply(HostCommand command, NodeConversation conversation) => command;

    public RpcFault OnRpc(string method) => RpcFault.None;

    public JournalFault OnJournal() => JournalFault.None;
}
