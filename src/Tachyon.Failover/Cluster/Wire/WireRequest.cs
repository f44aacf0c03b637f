using System.Text.Json.Nodes;

namespace Tachyon.Failover.Cluster.Wire;

/// <summary>A JSON-RPC 2.0 request.</summary>
internal sealed record WireRequest
{
    public string Jsonrpc { get; } = WireAnswer.Version;

    public required long Id { get; init; }

    public required string Method { get; init; }

    public required JsonArray Params { get; init; }
}
