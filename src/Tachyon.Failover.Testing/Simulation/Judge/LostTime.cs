using Tachyon.Failover.Testing.Simulation.Chain;

namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>The time in which a node is the one from which a takeover has taken the identity: what it signs then is its own, and no coordinator's.</summary>
/// <param name="node">Its name.</param>
/// <param name="from">From when on.</param>
internal sealed class LostTime(string node, DateTimeOffset from)
{
    public string Node => node;

    /// <summary>When the identity had become its own again; null as long as it has not.</summary>
    public DateTimeOffset? To { get; set; }

    public bool Holds(SentVote vote) => vote.Node == node && vote.SignedAt > from && !(vote.SignedAt > To);
}
