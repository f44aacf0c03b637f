using System.Net.Sockets;
using System.Text.Json;
using Tachyon.Failover.Testing.StandIns.Commands;
using Tachyon.Failover.Testing.StandIns.Rpc;

namespace Tachyon.Failover.Testing.StandIns.Validator;

/// <summary>
/// <c>admin.rpc</c>: JSON-RPC 2.0 on a unix socket that only the validator's user may open (<c>srwx------</c>). Requests need no
/// line ending. Input that is not JSON gets no answer.
/// </summary>
internal sealed class AdminSocket(FaultyAdmin admin, CommandSession commands) : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>Serves the socket. Replaces the socket of a killed process.</summary>
    public void Listen(string path)
    {
        File.Delete(path);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _listener.Listen(64);
        _ = AcceptAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptAsync().ConfigureAwait(false));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                var received = new List<byte>();
                var buffer = new byte[4096];
                int read;
                while ((read = await stream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
                {
                    received.AddRange(buffer.AsSpan(0, read));
                    while (TakeRequest(received) is { } request)
                    {
                        if (string.Equals(request.Method, CommandSession.Method, StringComparison.Ordinal))
                        {
                            await commands.RunAsync(request, stream).ConfigureAwait(false);
                            return;
                        }

                        await stream.WriteAsync(await AnswerAsync(request).ConfigureAwait(false)).ConfigureAwait(false);
                    }
                }
            }
            catch (IOException)
            {
                // The caller has left before its answer.
            }
        }
    }

    /// <summary>Takes the first request from the received bytes, if it is complete.</summary>
    private static JsonRpcRequest? TakeRequest(List<byte> received)
    {
        try
        {
            var reader = new Utf8JsonReader([.. received], isFinalBlock: false, state: default);
            if (received.TrueForAll(b => char.IsWhiteSpace((char)b)) || !JsonDocument.TryParseValue(ref reader, out var json))
            {
                return null;
            }

            using (json)
            {
                received.RemoveRange(0, (int)reader.BytesConsumed);
                return JsonRpcRequest.Parse(json.RootElement);
            }
        }
        catch (JsonException)
        {
            received.Clear();
            return null;
        }
    }

    private async Task<byte[]> AnswerAsync(JsonRpcRequest request)
    {
        try
        {
            return JsonRpcAnswer.Result(request.Id, await admin.CallAsync(request.Method, request.Params).ConfigureAwait(false));
        }
        catch (JsonRpcException e)
        {
            return JsonRpcAnswer.Error(request.Id, e);
        }
        catch (InvalidOperationException e)
        {
            // A parameter has another type.
            return JsonRpcAnswer.Error(request.Id, new JsonRpcException(JsonRpcException.InvalidParams, $"Invalid params: {e.Message}"));
        }
    }
}
