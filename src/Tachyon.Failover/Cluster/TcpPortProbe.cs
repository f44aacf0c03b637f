using System.Net;
using System.Net.Sockets;

namespace Tachyon.Failover.Cluster;

/// <summary>Connects by TCP, and closes at once. A validator listens on its gossip port, where others ask for their own address, and on its RPC port.</summary>
public sealed class TcpPortProbe : IPortProbe
{
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;

    /// <summary>Creates a probe.</summary>
    /// <param name="limit">The time limit to connect; null for 2 s. 100 ms to 1 min.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="InvalidSettingsException">The limit is out of its bounds.</exception>
    public TcpPortProbe(TimeSpan? limit = null, TimeProvider? timeProvider = null)
    {
        _limit = limit ?? TimeSpan.FromSeconds(2);
        _time = timeProvider ?? TimeProvider.System;
        var errors = new SettingErrors();
        errors.CheckRange(nameof(limit), _limit, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        InvalidSettingsException.ThrowIfAny(errors.All);
    }

    /// <inheritdoc/>
    public async Task<bool?> TryAsync(IPEndPoint port, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(port);
        cancellationToken.ThrowIfCancellationRequested();
        using var deadline = new CancellationTokenSource(_limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var socket = new Socket(port.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(port, either.Token).ConfigureAwait(false);
            return true;
        }
        catch (SocketException exception)
        {
            // Any other error, such as no network here, or no IPv6, shows nothing about the port.
            return exception.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.TimedOut or SocketError.HostUnreachable or SocketError.HostDown
                ? false
                : null;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
