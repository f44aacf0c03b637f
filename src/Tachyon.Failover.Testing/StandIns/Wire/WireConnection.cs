using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Tachyon.Failover.Testing.StandIns.Wire;

/// <summary>One line a message, over loopback.</summary>
internal sealed class WireConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly Channel<WireMessage> _outgoing = Channel.CreateUnbounded<WireMessage>(new UnboundedChannelOptions { SingleReader = true });

    public WireConnection(Socket socket)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _ = WriteAsync();
    }

    /// <summary>Sends a message. Never waits, so that a stopped process does not block the others.</summary>
    public void Send(WireMessage message) => _outgoing.Writer.TryWrite(message);

    /// <summary>Reads messages until the other end is gone.</summary>
    public async Task ReadAsync(Action<WireMessage> receive)
    {
        using var reader = new StreamReader(_stream);
        try
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                receive(JsonSerializer.Deserialize(line, WireJson.Default.WireMessage)!);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
        }
        finally
        {
            _outgoing.Writer.TryComplete();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _outgoing.Writer.TryComplete();
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                var line = JsonSerializer.SerializeToUtf8Bytes(message, WireJson.Default.WireMessage);
                Array.Resize(ref line, line.Length + 1);
                line[^1] = (byte)'\n';
                await _stream.WriteAsync(line).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
        }
    }
}
