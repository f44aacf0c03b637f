using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

/// <summary>The validator executes the next <c>set-identity</c>, or does not, and never answers it.</summary>
internal sealed class LosesOneCall : IFaultPlan
{
    private bool? _next;

    public void Arm(bool isCarriedOut) => _next = isCarriedOut;

    public HostCommand Apply(HostCommand command, NodeConversation conversation)
    {
        if (_next is not { } isCarriedOut || command.Call is not (NodeCall.TakeStakedIdentity or NodeCall.TakeUnstakedIdentity))
        {
            return command;
        }

        _next = null;
        return command with
        {
            Act = turn =>
            {
                if (isCarriedOut)
                {
                    command.Act(new HostTurn(turn.Node, turn.Shell, static (_, _) => { }));
                }
            },
        };
    }

    public RpcFault OnRpc(string method) => RpcFault.None;

    public JournalFault OnJournal() => JournalFault.None;
}
