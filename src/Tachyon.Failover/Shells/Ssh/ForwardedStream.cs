using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Renci.SshNet;

namespace Tachyon.Failover.Shells.Ssh;

/// <summary>A byte stream to a port as the host sees it, over its own forwarded port.</summary>
/// <remarks>
/// Incoming bytes are stored at once, read or not: SSH.NET writes them to the forwarded port from the thread that
/// serves the whole connection, so that one slow reader would stop every session.
/// </remarks>
internal sealed class ForwardedStream : Stream
{
    private readonly Pipe _received = new(new PipeOptions(pauseWriterThreshold: 0, resumeWriterThreshold: 0, useSynchronizationContext: false));
    private readonly SshClient _client;
    private readonly ForwardedPortLocal _port;
    private readonly NetworkStream _socket;
    private readonly Stream _output;
    private readonly PoolRoom _room;
    private readonly Task _receiving;
    private int _isClosed;

    private ForwardedStream(SshClient client, ForwardedPortLocal port, NetworkStream socket, PoolRoom room)
    {
        _room = room;
        _client = client;
        _port = port;
        _socket = socket;
        _output = _received.Reader.AsStream();
        _receiving = ReceiveAsync();
    }

    /// <summary>The port on this machine's loopback. It takes this stream's own connection and no other one.</summary>
    public int LocalPort => (int)_port.BoundPort;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Opens the stream.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="connection">Its loss closes the stream.</param>
    /// <param name="growsThreadPool">As <see cref="SshNetShellOptions.GrowsThreadPool"/>.</param>
    /// <param name="host">The host, as the SSH server resolves it.</param>
    /// <param name="port">The port.</param>
    /// <param name="answer">Completes when the host has handled all earlier requests: SSH.NET does not report that a forwarded
    /// connection is open. It only closes a failed one.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public static async Task<Stream> OpenAsync(
        SshClient client, SshNetConnection connection, bool growsThreadPool, string host, int port, Func<CancellationToken, Task> answer, CancellationToken cancellationToken)
    {
        var room = PoolRoom.Make(growsThreadPool);
        var forward = new ForwardedPortLocal("127.0.0.1", host, (uint)port);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        ForwardedStream? stream = null;
        try
        {
            client.AddForwardedPort(forward);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            AcceptOnly(forward, (IPEndPoint)socket.LocalEndPoint!);
            forward.Start();
            await socket.ConnectAsync("127.0.0.1", (int)forward.BoundPort, cancellationToken).ConfigureAwait(false);
            stream = new ForwardedStream(client, forward, new NetworkStream(socket, ownsSocket: true), room);
            await answer(cancellationToken).ConfigureAwait(false);
            if (stream._receiving.IsCompleted && stream._received.Reader.TryRead(out var result))
            {
                if (result.Buffer.IsEmpty)
                {
                    throw new ShellException(
                        ShellFailure.Unreachable,
                        connection.Name,
                        $"{connection.Name}: no connection from there to {host}:{port}. Remedy: check that a program listens there, and that the host's sshd_config allows "
                            + "TCP forwarding (AllowTcpForwarding, PermitOpen).");
                }

                stream._received.Reader.AdvanceTo(result.Buffer.Start);
            }

            return stream;
        }
        catch
        {
            socket.Dispose();
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                forward.Dispose();
                room.Dispose();
            }

            throw;
        }
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => _output.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _output.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _output.ReadAsync(buffer, offset, count, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => _socket.Write(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _socket.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _socket.WriteAsync(buffer, offset, count, cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _socket.Dispose();

            // On a separate thread: stopping a forward waits for its channel to close.
            _ = Task.Factory.StartNew(CloseForward, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        base.Dispose(disposing);
    }

    /// <summary>
    /// The forwarded port is on the loopback of this machine, where every user may connect; behind it is the private RPC of a validator. SSH.NET closes a connection whose handler throws, before it asks
    /// the host for anything.
    /// </summary>
    private static void AcceptOnly(ForwardedPortLocal forward, IPEndPoint own) =>
        forward.RequestReceived += (_, request) =>
        {
            if (request.OriginatorPort != own.Port || request.OriginatorHost != own.Address.ToString())
            {
                throw new InvalidOperationException($"A connection of another program, from {request.OriginatorHost}:{request.OriginatorPort}, was refused.");
            }
        };

    private void CloseForward()
    {
        try
        {
            _port.Dispose();
            _client.RemoveForwardedPort(_port);
        }
        catch (Exception exception) when (exception is Renci.SshNet.Common.SshException or ObjectDisposedException or InvalidOperationException or SocketException)
        {
            // The connection is gone, and so is the forward.
        }
        finally
        {
            _room.Dispose();
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                var read = await _socket.ReadAsync(_received.Writer.GetMemory()).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                _received.Writer.Advance(read);
                await _received.Writer.FlushAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Ends the stream.
        }
        finally
        {
            await _received.Writer.CompleteAsync().ConfigureAwait(false);
        }
    }
}
