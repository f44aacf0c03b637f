using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Cluster;

/// <summary>The contract of <see cref="IClusterRpc"/>, over real sockets.</summary>
[RunsContract(typeof(HttpClusterRpc))]
public abstract class HttpClusterRpcTests : ClusterRpcContract, IAsyncLifetime
{
    private readonly Socket _unused = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<HttpClusterRpc> _clients = [];
    private readonly List<IAsyncDisposable> _nodes = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _unused.Dispose();
        _clients.ForEach(client => client.Dispose());
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task GetSlot_ConnectionBreaksInTheAnswer_Unreachable()
    {
        var half = LoopbackNode.Http("200 OK", """{"jsonrpc":"2.0","result":4787,"id":1}""")[..^5];
        var rpc = Rpc(_ => half, hangsUp: true);

        (await FluentActions.Awaiting(() => rpc.GetSlotAsync(Commitment.Processed, TestContext.Current.CancellationToken)).Should().ThrowAsync<ClusterRpcException>())
            .Which.Failure.Should().Be(ClusterRpcFailure.Unreachable);
    }

    [Fact]
    public async Task GetSlot_PortOfAnotherProtocol_Nonsense()
    {
        var rpc = Rpc(_ => "SSH-2.0-OpenSSH_9.6\r\n"u8.ToArray(), hangsUp: true);

        (await FluentActions.Awaiting(() => rpc.GetSlotAsync(Commitment.Processed, TestContext.Current.CancellationToken)).Should().ThrowAsync<ClusterRpcException>())
            .Which.Failure.Should().Be(ClusterRpcFailure.InvalidResponse);
    }

    [Fact]
    public async Task GetSlot_NodeHangsUpAfterEachAnswer_EveryCallAnswered()
    {
        var node = new SceneNode(ClusterScene.Usual);
        var rpc = Rpc(request => LoopbackNode.Ok(node.Answer(request)), hangsUp: true);

        for (var i = 0; i < 5; i++)
        {
            (await rpc.GetSlotAsync(Commitment.Processed, TestContext.Current.CancellationToken)).Should().Be(4787);
        }
    }

    private protected abstract HttpClusterRpc Client(Uri endpoint, TimeProvider? timeProvider);

    protected override Task<IClusterRpc> AnsweringAsync(ClusterScene scene)
    {
        var node = new SceneNode(scene);
        return Task.FromResult<IClusterRpc>(Rpc(request => LoopbackNode.Ok(node.Answer(request))));
    }

    protected override Task<IClusterRpc> SilentAsync() => Task.FromResult<IClusterRpc>(Rpc(_ => null, timeProvider: new FakeTimeProvider()));

    protected override Task<IClusterRpc> FailingAsync(ClusterRpcFailure failure)
    {
        var time = new FakeTimeProvider();
        return Task.FromResult<IClusterRpc>(failure switch
        {
            ClusterRpcFailure.Refused => Rpc(request => LoopbackNode.Ok(Refusal(request))),
            ClusterRpcFailure.HttpError => Rpc(_ => LoopbackNode.Http("502 Bad Gateway", "<html>Bad Gateway</html>")),
            ClusterRpcFailure.InvalidResponse => Rpc(_ => LoopbackNode.Http("200 OK", "<html>It works!</html>")),
            ClusterRpcFailure.Unreachable => Keep(Client(UnusedEndpoint(), timeProvider: null)),
            ClusterRpcFailure.TimedOut => Rpc(
                _ =>
                {
                    // The request has arrived. No answer comes until the client stops waiting.
                    time.Advance(TimeSpan.FromSeconds(5));
                    return null;
                },
                timeProvider: time),
            _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, null),
        });
    }

    private HttpClusterRpc Rpc(Func<JsonObject, byte[]?> answer, bool hangsUp = false, TimeProvider? timeProvider = null)
    {
        var node = new LoopbackNode(answer, hangsUp);
        _nodes.Add(node);
        return Keep(Client(node.Endpoint, timeProvider));
    }

    private HttpClusterRpc Keep(HttpClusterRpc client)
    {
        _clients.Add(client);
        return client;
    }

    private static JsonObject Refusal(JsonObject request) => new()
    {
        ["jsonrpc"] = "2.0",
        ["error"] = new JsonObject { ["code"] = -32603, ["message"] = "Internal error" },
        ["id"] = request["id"]!.DeepClone(),
    };

    /// <summary>A taken port without a listener: no other program gets it.</summary>
    private Uri UnusedEndpoint()
    {
        _unused.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new Uri($"http://127.0.0.1:{((IPEndPoint)_unused.LocalEndPoint!).Port}/");
    }
}
