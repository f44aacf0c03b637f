using System.Text.Json.Nodes;

namespace Tachyon.Failover.Tests.Cluster;

/// <summary>The JSON-RPC exchanges recorded from a real tachyon-validator 2.2.15.</summary>
internal static class Recordings
{
    private static readonly JsonObject All = Read("json-rpc.json");

    private static readonly JsonObject Alpenglow = Read("alpenglow/json-rpc.json");

    private static JsonObject Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file)))!.AsObject();

    public static IEnumerable<(JsonObject Request, string Response)> Of(string node) => Of(All, node);

    /// <summary>A node of agave-validator 4.3.0-beta.2 on a cluster that votes by Alpenglow.</summary>
    public static FakeNode AlpenglowNode(string node) => Node(Of(Alpenglow, node).ToList());

    private static IEnumerable<(JsonObject Request, string Response)> Of(JsonObject recordings, string node) =>
        recordings[node]!.AsArray().Select(exchange => (exchange!["request"]!.AsObject(), exchange["response"]!.GetValue<string>()));

    /// <summary>A node that knows only its recordings: it answers requests with exactly these words.</summary>
    public static FakeNode Node(string node) => Node(Of(node).ToList());

    private static FakeNode Node(List<(JsonObject Request, string Response)> exchanges) => new((request, _) =>
    {
        var (_, response) = exchanges.FirstOrDefault(exchange =>
            JsonNode.DeepEquals(exchange.Request["method"], request["method"]) &&
            JsonNode.DeepEquals(exchange.Request["params"], request["params"]));
        var answer = JsonNode.Parse(response ?? throw new InvalidOperationException($"There is no recording of {request.ToJsonString()}."))!;
        answer["id"] = request["id"]!.DeepClone();
        return Task.FromResult(FakeNode.Response(answer.ToJsonString()));
    });

    /// <summary>A recorded answer of a method, with any parameters.</summary>
    public static string Response(string node, string method) =>
        Of(node).First(exchange => exchange.Request["method"]!.GetValue<string>() == method).Response;
}
