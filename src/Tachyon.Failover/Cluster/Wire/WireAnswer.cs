using System.Text.Json;

namespace Tachyon.Failover.Cluster.Wire;

/// <summary>A JSON-RPC 2.0 answer. A missing member is <see cref="JsonValueKind.Undefined"/>.</summary>
internal sealed record WireAnswer
{
    public const string Version = "2.0";

    public required string Jsonrpc { get; init; }

    public required JsonElement Id { get; init; }

    public JsonElement Result { get; init; }

    public JsonElement Error { get; init; }

    public bool HasId(long id) => Id.ValueKind == JsonValueKind.Number && Id.TryGetInt64(out var number) && number == id;
}
