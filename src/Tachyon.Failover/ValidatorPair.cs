using Tachyon.Failover.Cluster;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover;

/// <summary>The two nodes of a switchover, and its direction: from <see cref="Source"/> to <see cref="Target"/>.</summary>
/// <remarks>
/// Immutable. The direction is said, not guessed, so that asking twice for the same switchover does not move the identity
/// back: a target that already runs it is refused.
/// </remarks>
public sealed record ValidatorPair
{
    /// <summary>The staked identity: the node pubkey of the vote account.</summary>
    public required Pubkey StakedIdentity { get; init; }

    /// <summary>The node that runs the staked identity and gives it away.</summary>
    public required ValidatorNode Source { get; init; }

    /// <summary>The node that takes it.</summary>
    public required ValidatorNode Target { get; init; }

    /// <summary>How the tower gets from the source to the target.</summary>
    public required ITowerTransport Towers { get; init; }

    /// <summary>A view of the cluster that neither node colours, if there is one; otherwise the target's own.</summary>
    public required IClusterRpc Cluster { get; init; }

    /// <summary>More RPC nodes that see whether votes land, for a watch and a takeover. <see cref="Cluster"/> and the target's own RPC are witnesses besides; the source's own never is.</summary>
    /// <value>None.</value>
    public IReadOnlyList<ClusterWitness> Witnesses { get; init; } = [];

    /// <summary>How a takeover sees whether the lost node's ports answer (<see cref="TcpPortProbe"/>); null if there is no way, and their silence is no evidence.</summary>
    public IPortProbe? Ports { get; init; }

    /// <summary>All witnesses, each once.</summary>
    internal IReadOnlyList<ClusterWitness> AllWitnesses =>
    [
        .. ((ClusterWitness[])[new() { Name = "cluster", Rpc = Cluster }, .. Witnesses, new() { Name = Target.Name, Rpc = Target.Rpc }])
            .Where(witness => !ReferenceEquals(witness.Rpc, Source.Rpc))
            .DistinctBy(witness => witness.Rpc, ReferenceEqualityComparer.Instance),
    ];

    /// <summary>Why no run may be begun with it, a sentence each; empty if one may.</summary>
    internal IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Source.Name == Target.Name)
        {
            errors.Add($"{nameof(Source)} and {nameof(Target)} are both called '{Source.Name}', so that neither a result nor the journal could tell them apart; give each a name of its own.");
        }

        if (ReferenceEquals(Source.Host, Target.Host) || ReferenceEquals(Source.Link, Target.Link) || ReferenceEquals(Source.Lock, Target.Lock))
        {
            errors.Add($"{nameof(Source)} ({Source.Name}) and {nameof(Target)} ({Target.Name}) share a host, a link or a lock, so that they are one node; give each node parts of its own.");
        }

        return errors;
    }

    /// <summary>The pair as the embedder gave it, if this is the guarded one: an embedder's own checks look at their own parts.</summary>
    internal ValidatorPair? Given { get; init; }

    internal ValidatorNode On(NodeSide side) => side == NodeSide.Source ? Source : Target;
}
