using System.Text.Json.Nodes;

namespace Tachyon.Failover.Tests.Cluster;

/// <summary>The JSON-RPC exchanges recorded from a real tachyon-validator 2.2.15.</summary>
internal static class Recordings
{
    private static readonly JsonObject All =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "json-rpc.json")))!.AsObject();

    public static IEnumerable<(JsonObject Request, string Response)> Of(string node) =>
        All[node]!.AsArray().Select(exchange => (exchange!["request"]!.AsObject(), exchange["response"]!.GetValue<string>()));

    /// <summary>A node that knows nothing but its recordings: it answers what was asked in just these words.</summary>
    public static FakeNode Node(string node) => new((request, _) =>
    {
        var (_, response) = Of(node).FirstOrDefault(exchange =>
            JsonNode.DeepEquals(exchange.Request["method"], request["method"]) &&
            JsonNode.DeepEquals(exchange.Request["params"], request["params"]));
        var answer = JsonNode.Parse(response ?? throw new InvalidOperationException($"Nobody recorded {request.ToJsonString()}."))!;
        answer["id"] = request["id"]!.DeepClone();
        return Task.FromResult(FakeNode.Response(answer.ToJsonString()));
    });

    /// <summary>A recorded answer of a method, whatever its parameters were.</summary>
    public static string Response(string node, string method) =>
        Of(node).First(exchange => exchange.Request["method"]!.GetValue<string>() == method).Response;
}
