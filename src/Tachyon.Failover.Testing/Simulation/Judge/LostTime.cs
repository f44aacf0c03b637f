using Tachyon.Failover.Testing.Simulation.Chain;

namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>The time after a takeover has taken the identity from a node. In that time the node signs by itself; no coordinator is responsible.</summary>
/// <param name="node">The node's name.</param>
/// <param name="from">The start of that time.</param>
internal sealed class LostTime(string node, DateTimeOffset from)
{
    public string Node => node;

    /// <summary>When the node has the identity legitimately again; null before that.</summary>
    public DateTimeOffset? To { get; set; }

    public bool Holds(SentVote vote) => vote.Node == node && vote.SignedAt > from && !(vote.SignedAt > To);
}
