using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Testing.Simulation.Faults;

/// <summary>Asked at every seam whether to inject a fault.</summary>
internal interface IFaultPlan
{
    /// <summary>The coordinator is about to send a command to a node.</summary>
    /// <returns>The command to send: as it is, or with the effect of a fault.</returns>
    HostCommand Apply(HostCommand command, NodeConversation conversation);

    /// <summary>The coordinator is about to call the cluster's RPC.</summary>
    RpcFault OnRpc(string method);

    /// <summary>The coordinator is about to write to the journal.</summary>
    JournalFault OnJournal();
}
