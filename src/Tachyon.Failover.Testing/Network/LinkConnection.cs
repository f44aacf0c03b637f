using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Tachyon.Failover.Testing.Network;

/// <summary>One connection through a <see cref="LinkProxy"/>.</summary>
internal sealed class LinkConnection : IDisposable
{
    private const int ChunkSize = 16 * 1024;

    // The most bytes under way at once. A sender with more has to wait, as at a full pipe.
    private const int MostChunks = 512;

    private readonly CancellationTokenSource _reset = new();
    private readonly LinkProxy _link;
    private readonly Socket _client;
    private readonly Socket _target = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly EndPoint _address;

    public LinkConnection(LinkProxy link, Socket client, EndPoint address)
    {
        _link = link;
        _client = client;
        _address = address;
    }

    /// <summary>Closes a socket so that its other end sees a reset, not an end.</summary>
    public static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The socket is closed already.
        }

        socket.Dispose();
    }

    public async Task RunAsync()
    {
        try
        {
            await _target.ConnectAsync(_address, _reset.Token).ConfigureAwait(false);
            await Task.WhenAll(
                PassAsync(_client, _target, _link.ToTarget),
                PassAsync(_target, _client, _link.ToClient)).ConfigureAwait(false);
            _client.Dispose();
            _target.Dispose();
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Dispose();
        }
        finally
        {
            _link.Forget(this);
        }
    }

    /// <summary>Resets both ends. May be repeated.</summary>
    public void Dispose()
    {
        Reset(_client);
        Reset(_target);
        _reset.Cancel();
    }

    private async Task PassAsync(Socket from, Socket to, LinkDirection direction)
    {
        var underWay = Channel.CreateBounded<(byte[] Bytes, long Due)>(MostChunks);
        var sending = SendAsync(underWay.Reader, to, direction);
        try
        {
            await ReceiveAsync(from, underWay.Writer, direction).ConfigureAwait(false);
            underWay.Writer.TryComplete();
        }
        catch
        {
            Dispose();
            throw;
        }
        finally
        {
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await sending.ConfigureAwait(false);
    }

    private async Task ReceiveAsync(Socket from, ChannelWriter<(byte[] Bytes, long Due)> underWay, LinkDirection direction)
    {
        var buffer = new byte[ChunkSize];
        var lastDue = _link.Time.GetTimestamp();
        while (true)
        {
            var length = await from.ReceiveAsync(buffer, SocketFlags.None, _reset.Token).ConfigureAwait(false);
            if (length == 0)
            {
                return;
            }

            if (direction.Plan(length, lastDue) is not { } due)
            {
                throw new OperationCanceledException("The link cut the connection.");
            }

            lastDue = due;
            await underWay.WriteAsync((buffer.AsSpan(0, length).ToArray(), due), _reset.Token).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(ChannelReader<(byte[] Bytes, long Due)> underWay, Socket to, LinkDirection direction)
    {
        var hasLostBytes = false;
        try
        {
            await foreach (var (bytes, due) in underWay.ReadAllAsync(_reset.Token).ConfigureAwait(false))
            {
                await ArriveAsync(due, direction).ConfigureAwait(false);
                hasLostBytes |= direction.Swallows;
                if (!hasLostBytes && !await SendAsync(bytes, to, direction).ConfigureAwait(false))
                {
                    return;
                }
            }

            await direction.Passable.WaitAsync(_reset.Token).ConfigureAwait(false);
            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private async Task ArriveAsync(long due, LinkDirection direction)
    {
        // A timer counts whole milliseconds and may fire one early. Bytes never arrive early.
        var time = _link.Time;
        while (time.GetElapsedTime(time.GetTimestamp(), Math.Max(due, direction.ClosedUntil)) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), time, _reset.Token).ConfigureAwait(false);
        }

        await direction.Passable.WaitAsync(_reset.Token).ConfigureAwait(false);
    }

    private async Task<bool> SendAsync(byte[] bytes, Socket to, LinkDirection direction)
    {
        var passing = direction.Take(bytes.Length);
        for (var sent = 0; sent < passing;)
        {
            sent += await to.SendAsync(bytes.AsMemory(sent, passing - sent), SocketFlags.None, _reset.Token).ConfigureAwait(false);
        }

        if (passing == bytes.Length)
        {
            return true;
        }

        // Close with an end, not with a reset: a reset would discard bytes that have passed the link and are not read yet.
        to.Shutdown(SocketShutdown.Both);
        to.Dispose();
        direction.CutAfterLastByte();
        return false;
    }
}
