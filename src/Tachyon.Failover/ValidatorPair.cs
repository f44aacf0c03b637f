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

    internal ValidatorNode On(NodeSide side) => side == NodeSide.Source ? Source : Target;
}
