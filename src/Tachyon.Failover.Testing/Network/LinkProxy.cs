using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tachyon.Failover.Testing.Network;

/// <summary>
/// A link with faults, in user space: a TCP port on 127.0.0.1 that forwards its connections to a target, later, slower or not at all. It
/// needs no rights, and several may be chained.
/// </summary>
/// <remarks>
/// <para>Faults of the bytes are set for each direction: <see cref="ToTarget"/> and <see cref="ToClient"/>. The members here concern the whole link.</para>
/// <para>Thread-safe. Disposing cuts all connections.</para>
/// </remarks>
public sealed class LinkProxy : IAsyncDisposable
{
    private const int Backlog = 128;

    private readonly ConcurrentDictionary<LinkConnection, byte> _connections = new();
    private readonly Socket _listener;
    private readonly EndPoint _target;
    private readonly Task _accepting;
    private volatile bool _refuseNew;
    private volatile bool _isDisposed;

    private LinkProxy(EndPoint target, ulong seed, TimeProvider time)
    {
        _target = target;
        Time = time;
        ToTarget = new LinkDirection(seed, "link to target", time, Cut);
        ToClient = new LinkDirection(seed, "link to client", time, Cut);
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(Backlog);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The port on 127.0.0.1 that it listens on.</summary>
    public int Port { get; }

    /// <summary>The direction from the client to the target.</summary>
    public LinkDirection ToTarget { get; }

    /// <summary>The direction from the target to the client.</summary>
    public LinkDirection ToClient { get; }

    /// <summary>Whether new connections are reset as soon as they are made.</summary>
    /// <value>False.</value>
    public bool RefuseNew
    {
        get => _refuseNew;
        set => _refuseNew = value;
    }

    /// <summary>How many connections are open.</summary>
    public int ConnectionCount => _connections.Count;

    internal TimeProvider Time { get; }

    /// <summary>Starts to listen, for a target on 127.0.0.1.</summary>
    /// <param name="targetPort">Its port. Nothing needs to listen there yet.</param>
    /// <param name="timeProvider">Measures latency, bandwidth and stalls; null for the system's.</param>
    /// <param name="seed">The seed of chance: jitter, stalls and cuts. The same seed draws the same.</param>
    public static LinkProxy Start(int targetPort, TimeProvider? timeProvider = null, ulong seed = 1) =>
        new(new IPEndPoint(IPAddress.Loopback, targetPort), seed, timeProvider ?? TimeProvider.System);

    /// <summary>Sets both latencies: half a round trip each.</summary>
    public void SetRoundTrip(TimeSpan roundTrip)
    {
        ToTarget.Latency = roundTrip / 2;
        ToClient.Latency = roundTrip / 2;
    }

    /// <summary>Resets all connections, at both ends, now. Later connections work, unless <see cref="RefuseNew"/>.</summary>
    public void Cut()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Dispose();
        }
    }

    /// <summary>Passes on nothing more in either direction, and closes nothing: as with a lost route. New connections are made and hang.</summary>
    public void Stall()
    {
        ToTarget.Stall();
        ToClient.Stall();
    }

    /// <summary>Ends all faults for later bytes. Stalled connections resume where they stopped. Latency, jitter and bandwidth stay.</summary>
    public void Heal()
    {
        RefuseNew = false;
        ToTarget.Heal();
        ToClient.Heal();
    }

    /// <summary>Cuts all connections and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        _listener.Dispose();
        Cut();
        Heal();
        await _accepting.ConfigureAwait(false);
        Cut();
    }

    internal void Forget(LinkConnection connection) => _connections.TryRemove(connection, out _);

    private async Task AcceptAsync()
    {
        while (!_isDisposed)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                continue;
            }

            client.NoDelay = true;
            if (_refuseNew)
            {
                LinkConnection.Reset(client);
                continue;
            }

            var connection = new LinkConnection(this, client, _target);
            _connections.TryAdd(connection, 0);
            _ = connection.RunAsync();
        }
    }
}
