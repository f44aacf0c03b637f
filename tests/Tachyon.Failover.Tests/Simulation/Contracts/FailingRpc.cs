using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

/// <summary>Every call of the cluster's RPC fails in the same way.</summary>
internal sealed class FailingRpc(RpcFault fault) : IFaultPlan
{
    public HostCommand Apply(HostCommand command, NodeConversation conversation) => command;

    public RpcFault OnRpc(string method) => fault;

    public JournalFault OnJournal() => JournalFault.None;
}
