using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Tests.Cluster;

/// <summary>A node in memory, below HttpClient: sees each request and gives the answer.</summary>
internal sealed class FakeNode(Func<JsonObject, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public static readonly Uri Endpoint = new("http://10.0.0.7:8899/");

    public List<JsonObject> Requests { get; } = [];

    /// <summary>A client of a node that answers every call with this body. <c>ID</c> in it is replaced by the id of the request.</summary>
    public static HttpClusterRpc Saying(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new FakeNode((request, _) => Task.FromResult(Response(body.Replace("ID", Id(request), StringComparison.Ordinal), status))).Client();

    /// <summary>A client of a node with this result.</summary>
    public static HttpClusterRpc WithResult(string result) => Saying("{\"jsonrpc\":\"2.0\",\"result\":" + result + ",\"id\":ID}\n");

    /// <summary>A client of a node with this error.</summary>
    public static HttpClusterRpc WithError(string error) => Saying("{\"jsonrpc\":\"2.0\",\"error\":" + error + ",\"id\":ID}\n");

    /// <summary>A client of a node for which every exchange fails.</summary>
    public static HttpClusterRpc Throwing(Exception exception) => new FakeNode((_, _) => Task.FromException<HttpResponseMessage>(exception)).Client();

    public static HttpResponseMessage Response(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static string Id(JsonObject request) => request["id"]!.ToJsonString();

    public HttpClusterRpc Client(HttpClusterRpcOptions? options = null, TimeProvider? timeProvider = null, Uri? endpoint = null) =>
        new(new HttpClient(this), endpoint ?? Endpoint, options, timeProvider);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject();
        lock (Requests)
        {
            Requests.Add(body);
        }

        return await answer(body, cancellationToken);
    }
}
