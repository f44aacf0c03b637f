namespace Tachyon.Failover.Decisions;

/// <summary>What was read of the nodes and the cluster about the clients and the consensus. Null is unknown.</summary>
internal sealed record ClientFacts
{
    /// <summary>The nodes that were asked.</summary>
    public required IReadOnlyList<NodeClient> Nodes { get; init; }

    /// <summary>Whether the cluster's RPC has the certificate with which Alpenglow began.</summary>
    public bool? ClusterHasAgGenesisCert { get; init; }

    /// <summary>Whether the feature that begins the change to Alpenglow is active on the chain.</summary>
    public bool? AlpenglowIsActive { get; init; }

    /// <summary>How many votes the staked identity's vote account shows: one on Alpenglow, up to 31 with a tower.</summary>
    public int? VotesInAccount { get; init; }

    /// <summary>Whether the vote account has a root. A vote account with a root and a single vote has no tower.</summary>
    public bool AccountHasRoot { get; init; }

    /// <summary>Whether a node has a sound tower of the staked identity. The preflight checks how new it is.</summary>
    public bool HasTower { get; init; }
}
