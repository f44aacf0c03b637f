using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Tachyon.Failover.IntegrationTests.Cluster;

/// <summary>
/// A web server on a free port of 127.0.0.1 that answers JSON-RPC requests with any given bytes: HTTP or not, whole or
/// not. Null is silence. After an answer with an incomplete body, it closes the connection.
/// </summary>
internal sealed class LoopbackNode : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<JsonObject, byte[]?> _answer;
    private readonly bool _hangsUp;
    private readonly Task _serving;

    public LoopbackNode(Func<JsonObject, byte[]?> answer, bool hangsUp = false)
    {
        _answer = answer;
        _hangsUp = hangsUp;
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public static byte[] Ok(JsonNode answer) => Http("200 OK", answer.ToJsonString());

    public static byte[] Http(string status, string body) =>
        Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        finally
        {
            await Task.WhenAll(connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            var stream = connection.GetStream();
            while (await ReadRequestAsync(stream) is { } request)
            {
                if (_answer(request) is not { } answer)
                {
                    await new TaskCompletionSource().Task.WaitAsync(_end.Token);
                    return;
                }

                await stream.WriteAsync(answer, _end.Token);
                if (_hangsUp)
                {
                    return;
                }
            }
        }
    }

    private async Task<JsonObject?> ReadRequestAsync(NetworkStream stream)
    {
        var text = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await stream.ReadAsync(text.GetMemory(4096), _end.Token);
            if (read == 0)
            {
                return null;
            }

            text.Advance(read);
            var request = Encoding.UTF8.GetString(text.WrittenSpan);
            var body = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (body >= 0 && request.EndsWith('}'))
            {
                return JsonNode.Parse(request[(body + 4)..])!.AsObject();
            }
        }
    }
}
