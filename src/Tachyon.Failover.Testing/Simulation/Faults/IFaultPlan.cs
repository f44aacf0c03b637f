using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Testing.Simulation.Faults;

/// <summary>Asked at every seam whether something goes wrong there now.</summary>
internal interface IFaultPlan
{
    /// <summary>A command is about to be sent to a node.</summary>
    /// <returns>What is sent: the command as it is, or with what happens to it.</returns>
    HostCommand Apply(HostCommand command, NodeConversation conversation);

    /// <summary>The cluster's RPC is about to be asked.</summary>
    RpcFault OnRpc(string method);

    /// <summary>The journal is about to be written.</summary>
    JournalFault OnJournal();
}
