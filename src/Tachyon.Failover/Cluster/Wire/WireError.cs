using System.Text.Json;

namespace Tachyon.Failover.Cluster.Wire;

/// <summary>The error of a JSON-RPC answer.</summary>
internal sealed record WireError
{
    public required int Code { get; init; }

    public required string Message { get; init; }

    public JsonElement Data { get; init; }
}
