using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Soak;

/// <summary>A loaded machine: a look at it fails now and then, or takes some seconds, and the next one works (safety.md, S4).</summary>
/// <param name="inner">The other faults.</param>
/// <param name="random">The source of chance.</param>
/// <param name="often">The probability, 0 to 1.</param>
internal sealed class FlakyProbes(IFaultPlan inner, SeededRandom random, double often) : IFaultPlan
{
    private static readonly CallFault[] Faults = [CallFault.Slow, CallFault.Garbled, CallFault.Refused, CallFault.DoneAnswerLost];

    private readonly CallFaultEffects _effects = new(random);

    /// <summary>How many looks failed.</summary>
    public int Failed { get; private set; }

    public HostCommand Apply(HostCommand command, NodeConversation conversation)
    {
        var applied = inner.Apply(command, conversation);
        if (command.Call is not (NodeCall.ShowContactInfo or NodeCall.Inspect or NodeCall.ReadLink or NodeCall.ReadTower or NodeCall.ReadTowerCopy) || !random.Chance(often))
        {
            return applied;
        }

        Failed++;
        return _effects.With(Faults[random.Index(Faults.Length)], applied, conversation);
    }

    public RpcFault OnRpc(string method) => inner.OnRpc(method);

    public JournalFault OnJournal() => inner.OnJournal();
}
