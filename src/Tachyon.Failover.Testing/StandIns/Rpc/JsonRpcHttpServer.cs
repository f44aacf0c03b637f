using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Tachyon.Failover.Testing.StandIns.Rpc;

/// <summary>Serves JSON-RPC over HTTP with the least of HTTP: POST, keep-alive, a body of known length.</summary>
internal sealed class JsonRpcHttpServer : IDisposable
{
    private readonly Func<JsonRpcRequest, Task<Action<Utf8JsonWriter>>> _answer;
    private readonly TcpListener _listener;

    /// <summary>Starts to listen.</summary>
    /// <param name="address">An address of this machine.</param>
    /// <param name="port">The port, or 0 for any.</param>
    /// <param name="answer">Answers a request, or throws <see cref="JsonRpcException"/>.</param>
    public JsonRpcHttpServer(IPAddress address, int port, Func<JsonRpcRequest, Task<Action<Utf8JsonWriter>>> answer)
    {
        _answer = answer;
        _listener = new TcpListener(address, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync().ConfigureAwait(false));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        var stream = new NetworkStream(socket, ownsSocket: true);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                while (await HttpRequest.ReadAsync(stream).ConfigureAwait(false) is { } request)
                {
                    var (status, body) = request.IsPost ? ("200 OK", await AnswerAsync(request.Body).ConfigureAwait(false)) : ("405 Method Not Allowed", "Used HTTP Method is not allowed. POST or OPTIONS is required\n"u8.ToArray());
                    var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: {body.Length}\r\n\r\n");
                    await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body]).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is IOException or FormatException)
            {
            }
        }
    }

    private async Task<byte[]> AnswerAsync(byte[] body)
    {
        using var none = JsonDocument.Parse("null");
        var id = none.RootElement;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (JsonRpcRequest.Parse(json.RootElement) is not { } request)
            {
                return JsonRpcAnswer.Error(id, new JsonRpcException(JsonRpcException.InvalidRequest, "Invalid request"));
            }

            id = request.Id;
            return JsonRpcAnswer.Result(id, await _answer(request).ConfigureAwait(false));
        }
        catch (JsonRpcException e)
        {
            return JsonRpcAnswer.Error(id, e);
        }
        catch (JsonException)
        {
            return JsonRpcAnswer.Error(id, new JsonRpcException(-32700, "Parse error"));
        }
    }
}
