using System.Diagnostics.CodeAnalysis;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;

namespace Tachyon.Failover;

/// <summary>The two nodes of a switchover, and its direction: from <see cref="Source"/> to <see cref="Target"/>.</summary>
/// <remarks>
/// Immutable. The caller gives the direction, so that a repeated request does not move the identity
/// back: a target that already runs it is refused.
/// </remarks>
public sealed record ValidatorPair
{
    private readonly ITowerTransport _towers;

    // The nodes for which the transport was given; null while it is this pair's own.
    private readonly (ValidatorNode Source, ValidatorNode Target)? _towersAreOf;

    /// <summary>Creates a pair; the initializer sets its members.</summary>
    public ValidatorPair() => _towers = null!;

    // Starts a copy by `with`: a transport that is not given again still belongs to the earlier pair.
    [SetsRequiredMembers]
    private ValidatorPair(ValidatorPair original)
    {
        StakedIdentity = original.StakedIdentity;
        (Source, Target) = (original.Source, original.Target);
        Towers = _towers = original._towers;
        _towersAreOf = original._towersAreOf ?? (original.Source, original.Target);
        (Cluster, Witnesses, Ports, Given) = (original.Cluster, original.Witnesses, original.Ports, original.Given);
    }

    /// <summary>The staked identity: the node pubkey of the vote account.</summary>
    public required Pubkey StakedIdentity { get; init; }

    /// <summary>The node that runs the staked identity and loses it.</summary>
    public required ValidatorNode Source { get; init; }

    /// <summary>The node that gets it.</summary>
    public required ValidatorNode Target { get; init; }

    /// <summary>Delivers the tower from the source to the target. It belongs to this direction: a pair that is reversed by <c>with</c> needs the other direction's transport as well.</summary>
    public required ITowerTransport Towers
    {
        get => _towers;
        init
        {
            _towers = value;
            _towersAreOf = null;
        }
    }

    /// <summary>An RPC that depends on neither node, if there is one; otherwise the target's own.</summary>
    public required IClusterRpc Cluster { get; init; }

    /// <summary>More RPC nodes that see whether votes land, for a monitor and a takeover. <see cref="Cluster"/> and the target's own RPC are also witnesses; the source's own never is.</summary>
    /// <value>None.</value>
    public IReadOnlyList<Witness> Witnesses { get; init; } = [];

    /// <summary>How a takeover checks whether the lost node's ports answer (<see cref="TcpPortProbe"/>); null if it does not. Then their silence is no evidence.</summary>
    public IPortProbe? Ports { get; init; }

    private const string NameOfCluster = "cluster";

    /// <summary>All witnesses, each once.</summary>
    internal IReadOnlyList<Witness> AllWitnesses =>
    [
        .. ((Witness[])[new() { Name = NameOfCluster, Rpc = Cluster }, .. Witnesses, new() { Name = Target.Name, Rpc = Target.Rpc }])
            .Where(witness => !ReferenceEquals(witness.Rpc, Source.Rpc))
            .DistinctBy(witness => witness.Rpc, ReferenceEqualityComparer.Instance),
    ];

    /// <summary>Witnesses are identified by their names. A sentence for each duplicate name; empty if there is none.</summary>
    internal IEnumerable<string> WitnessErrors() => AllWitnesses.GroupBy(witness => witness.Name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same =>
        $"{nameof(Witnesses)}: two witnesses are called '{same.Key}', and would count as one; give each a name of its own, and none '{NameOfCluster}' or '{Target.Name}', which the pair's own are called.");

    /// <summary>Why the pair has too few witnesses for the rules of a monitor; empty if it has enough.</summary>
    internal IEnumerable<string> TooFewWitnesses(int least) => AllWitnesses.Count >= least
        ? []
        : [$"MinimumWitnesses is {least}, and the pair has {AllWitnesses.Count} ({string.Join(", ", AllWitnesses.Select(witness => witness.Name))}), so that the validator would never count as lost; name an RPC node that is neither of the two as {nameof(Cluster)}, or more of them in {nameof(Witnesses)}."];

    /// <summary>Why no run may begin with it, a sentence each; empty if one may.</summary>
    internal IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Source.Name == Target.Name)
        {
            errors.Add($"{nameof(Source)} and {nameof(Target)} are both called '{Source.Name}', so neither a result nor the journal could distinguish them; give each a name of its own.");
        }

        if (SharesAPart(Source, Target))
        {
            errors.Add($"{nameof(Source)} ({Source.Name}) and {nameof(Target)} ({Target.Name}) share a host, a link or a lock, so they are one node; give each node parts of its own.");
        }

        // A node with a new name, or with another part, is still the same node.
        if (_towersAreOf is { } of && !(SharesAPart(of.Source, Source) && SharesAPart(of.Target, Target)))
        {
            errors.Add(
                $"{nameof(Towers)} goes from {of.Source.Name} to {of.Target.Name}, and the pair from {Source.Name} to {Target.Name}; take the pair of that direction ({nameof(ShellValidatorPair)} has both), or give {nameof(Towers)} anew.");
        }

        return errors;
    }

    private static bool SharesAPart(ValidatorNode one, ValidatorNode other) =>
        ReferenceEquals(one.Host, other.Host) || ReferenceEquals(one.Link, other.Link) || ReferenceEquals(one.Lock, other.Lock);

    /// <summary>The pair as the embedder gave it, if this is the guarded one: an embedder's own checks get their own parts.</summary>
    internal ValidatorPair? Given { get; init; }

    internal ValidatorNode On(NodeSide side) => side == NodeSide.Source ? Source : Target;
}
