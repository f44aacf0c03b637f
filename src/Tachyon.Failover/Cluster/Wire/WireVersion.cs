using System.Text.Json.Serialization;

namespace Tachyon.Failover.Cluster.Wire;

/// <summary>The result of <c>getVersion</c>.</summary>
internal sealed record WireVersion
{
    [JsonPropertyName("solana-core")]
    public required string SolanaCore { get; init; }
}
