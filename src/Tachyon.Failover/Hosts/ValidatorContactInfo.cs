using System.Net;
using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Hosts;

/// <summary>What a running validator says of itself (<c>contact-info</c>).</summary>
public sealed record ValidatorContactInfo
{
    /// <summary>The identity that it runs now.</summary>
    public required Pubkey Identity { get; init; }

    /// <summary>Its gossip address, which tells in <c>getClusterNodes</c> which node is which; null if it names none.</summary>
    public IPEndPoint? Gossip { get; init; }

    /// <summary>Its JSON-RPC address; null if it serves none.</summary>
    public IPEndPoint? Rpc { get; init; }

    /// <summary>The shred version of its cluster; null if it names none.</summary>
    public int? ShredVersion { get; init; }
}
