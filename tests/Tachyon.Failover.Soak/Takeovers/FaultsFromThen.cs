using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Soak.Takeovers;

/// <summary>Faults that begin when a program begins with what it is for: what its watch does before is not counted.</summary>
internal sealed class FaultsFromThen(IFaultPlan faults) : IFaultPlan
{
    public bool HasBegun { get; set; }

    public HostCommand Apply(HostCommand command, NodeConversation conversation) => HasBegun ? faults.Apply(command, conversation) : command;

    public RpcFault OnRpc(string method) => HasBegun ? faults.OnRpc(method) : RpcFault.None;

    public JournalFault OnJournal() => HasBegun ? faults.OnJournal() : JournalFault.None;
}
