using System.Net;

namespace Tachyon.Failover.Cluster;

/// <summary>A node in gossip, as another node sees it (<c>getClusterNodes</c>) or as it sees itself (<c>contact-info</c>).</summary>
public sealed class ClusterNode
{
    /// <summary>The identity.</summary>
    public required Pubkey Identity { get; init; }

    /// <summary>Its gossip address; null if it publishes none.</summary>
    public IPEndPoint? Gossip { get; init; }

    /// <summary>Its JSON-RPC address; null if it publishes none.</summary>
    public IPEndPoint? Rpc { get; init; }

    /// <summary>The address for votes; null if it publishes none.</summary>
    public IPEndPoint? TpuVote { get; init; }

    /// <summary>Its version; null if it publishes none.</summary>
    public string? Version { get; init; }

    /// <summary>The client that it publishes; null if it publishes none.</summary>
    internal string? Client { get; init; }

    /// <summary>Its shred version; null if it publishes none.</summary>
    public int? ShredVersion { get; init; }
}
