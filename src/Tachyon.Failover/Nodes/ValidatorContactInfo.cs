using System.Net;

namespace Tachyon.Failover.Nodes;

/// <summary>What a running validator reports about itself (<c>contact-info</c>).</summary>
public sealed class ValidatorContactInfo
{
    /// <summary>The identity that it runs now.</summary>
    public required Pubkey Identity { get; init; }

    /// <summary>Its gossip address, which identifies the node in <c>getClusterNodes</c>; null if it reports none.</summary>
    public IPEndPoint? Gossip { get; init; }

    /// <summary>Its JSON-RPC address; null if it serves none.</summary>
    public IPEndPoint? Rpc { get; init; }

    /// <summary>The shred version of its cluster; null if it reports none.</summary>
    public int? ShredVersion { get; init; }
}
