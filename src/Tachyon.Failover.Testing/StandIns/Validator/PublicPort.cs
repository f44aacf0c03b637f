using System.Text.Json;
using Tachyon.Failover.Testing.StandIns.Cluster;
using Tachyon.Failover.Testing.StandIns.Rpc;

namespace Tachyon.Failover.Testing.StandIns.Validator;

/// <summary>The outside port of a validator's JSON-RPC. A closed port refuses connections, as if there were no such host.</summary>
internal sealed class PublicPort : IDisposable
{
    private readonly int _port;
    private readonly Func<JsonRpcRequest, Task<Action<Utf8JsonWriter>>> _answer;
    private JsonRpcHttpServer? _server;

    public PublicPort(int port, Func<JsonRpcRequest, Task<Action<Utf8JsonWriter>>> answer, bool isOpen)
    {
        _port = port;
        _answer = answer;
        IsOpen = isOpen;
    }

    public bool IsOpen
    {
        get => _server is not null;
        set
        {
            if (!value)
            {
                _server?.Dispose();
                _server = null;
            }
            else
            {
                _server ??= new JsonRpcHttpServer(ClusterNodeAnswers.PublicAddress, _port, _answer);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _server?.Dispose();
}
