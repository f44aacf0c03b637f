using System.Text.Json;

namespace Tachyon.Failover.Cluster.Wire;

/// <summary>One element of the result of <c>getClusterNodes</c>.</summary>
internal sealed record WireClusterNode
{
    public required string Pubkey { get; init; }

    public string? Gossip { get; init; }

    public string? Rpc { get; init; }

    public string? TpuVote { get; init; }

    public string? Version { get; init; }

    /// <summary>A word. A client that the node does not know may be something else.</summary>
    public JsonElement ClientId { get; init; }

    public ushort? ShredVersion { get; init; }
}
