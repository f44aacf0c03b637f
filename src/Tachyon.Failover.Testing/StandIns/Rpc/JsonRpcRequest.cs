using System.Text.Json;

namespace Tachyon.Failover.Testing.StandIns.Rpc;

/// <summary>A JSON-RPC 2.0 request.</summary>
internal sealed record JsonRpcRequest
{
    /// <summary>The member in which a request names its sender. No real node has it.</summary>
    public const string AskerMember = "standInNode";

    public required JsonElement Id { get; init; }

    public required string Method { get; init; }

    /// <summary>The positional parameters; empty if there are none.</summary>
    public required IReadOnlyList<JsonElement> Params { get; init; }

    /// <summary>The stand-in node that forwards a question; null for any other sender.</summary>
    public string? Asker { get; init; }

    /// <summary>Reads a request; null if it is not one.</summary>
    public static JsonRpcRequest? Parse(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String
            || !json.TryGetProperty("id", out var id))
        {
            return null;
        }

        var positional = json.TryGetProperty("params", out var given) && given.ValueKind == JsonValueKind.Array
            ? given.EnumerateArray().Select(element => element.Clone()).ToArray()
            : [];
        return new JsonRpcRequest { Id = id.Clone(), Method = method.GetString()!, Params = positional, Asker = json.TryGetProperty(AskerMember, out var asker) ? asker.GetString() : null };
    }

    /// <summary>A member of the configuration object, at any position among the parameters.</summary>
    public JsonElement? Option(string name)
    {
        foreach (var parameter in Params)
        {
            if (parameter.ValueKind == JsonValueKind.Object && parameter.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>A positional number; null if it is missing or null.</summary>
    public ulong? Number(int index) =>
        index < Params.Count && Params[index].ValueKind == JsonValueKind.Number ? Params[index].GetUInt64() : null;

    /// <summary>A positional text; null if it is missing or null.</summary>
    public string? Text(int index) =>
        index < Params.Count && Params[index].ValueKind == JsonValueKind.String ? Params[index].GetString() : null;
}
