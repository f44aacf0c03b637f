using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tachyon.Failover.Testing.Network;

/// <summary>
/// A link with faults, in user space: a TCP port on 127.0.0.1 whose connections go on to a target, later, slower or not at all. It
/// needs no rights, and several may stand behind one another.
/// </summary>
/// <remarks>
/// <para>"Answers" are the bytes from the target to whoever connected.</para>
/// <para>Thread-safe; every setting holds at once, also for connections that are open. Disposing cuts all connections.</para>
/// </remarks>
public sealed class LinkProxy : IAsyncDisposable
{
    private const int Backlog = 128;

    private readonly ConcurrentDictionary<LinkConnection, byte> _connections = new();
    private readonly Socket _listener;
    private readonly EndPoint _target;
    private readonly Task _accepting;
    private long _answerBytesLeft = long.MaxValue;
    private volatile bool _refuseNew;
    private volatile bool _isDisposed;

    private LinkProxy(EndPoint target, TimeProvider time)
    {
        _target = target;
        Time = time;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(Backlog);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The port on 127.0.0.1 that it listens on.</summary>
    public int Port { get; }

    /// <summary>How long a byte takes from the client to the target. Lowering it never makes bytes overtake.</summary>
    /// <value>0.</value>
    public TimeSpan LatencyToTarget
    {
        get => ToTarget.Latency;
        set => ToTarget.Latency = value;
    }

    /// <summary>How long a byte takes from the target to the client. Lowering it never makes bytes overtake.</summary>
    /// <value>0.</value>
    public TimeSpan LatencyToClient
    {
        get => ToClient.Latency;
        set => ToClient.Latency = value;
    }

    /// <summary>How many bytes pass in a second, each way and in each connection; null for as many as can.</summary>
    /// <value>Null.</value>
    public long? BytesPerSecond
    {
        get => ToTarget.BytesPerSecond;
        set
        {
            ToTarget.BytesPerSecond = value;
            ToClient.BytesPerSecond = value;
        }
    }

    /// <summary>Whether new connections are reset as soon as they are made.</summary>
    /// <value>False.</value>
    public bool RefuseNew
    {
        get => _refuseNew;
        set => _refuseNew = value;
    }

    /// <summary>How many connections are open.</summary>
    public int ConnectionCount => _connections.Count;

    internal LinkDirection ToTarget { get; } = new();

    internal LinkDirection ToClient { get; } = new();

    internal TimeProvider Time { get; }

    /// <summary>Starts to listen, for a target on 127.0.0.1.</summary>
    /// <param name="targetPort">Its port. Nothing needs to listen there yet.</param>
    /// <param name="timeProvider">Measures latency and bandwidth; null for the system's.</param>
    public static LinkProxy Start(int targetPort, TimeProvider? timeProvider = null) =>
        new(new IPEndPoint(IPAddress.Loopback, targetPort), timeProvider ?? TimeProvider.System);

    /// <summary>Sets both latencies: half a round trip each.</summary>
    public void SetRoundTrip(TimeSpan roundTrip)
    {
        LatencyToTarget = roundTrip / 2;
        LatencyToClient = roundTrip / 2;
    }

    /// <summary>Resets all connections, at both ends, now. Later connections work, unless <see cref="RefuseNew"/>.</summary>
    public void Cut()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Dispose();
        }
    }

    /// <summary>Resets all connections once that many more bytes of answers have been passed on, counted over all of them.</summary>
    /// <param name="bytes">0 or more; the last of them still arrives, the next does not.</param>
    public void CutAfterAnswerBytes(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Interlocked.Exchange(ref _answerBytesLeft, bytes);
    }

    /// <summary>Passes nothing on any more, either way, and closes nothing: what a lost route looks like. New connections are made and hang.</summary>
    public void Stall()
    {
        ToTarget.Stall();
        ToClient.Stall();
    }

    /// <summary>Drops all answers from now on, while what clients send still arrives. Connections that lost a byte stay silent until they are cut.</summary>
    public void SwallowAnswers() => ToClient.Swallows = true;

    /// <summary>Ends all faults for what comes later. Stalled connections go on where they stopped.</summary>
    public void Heal()
    {
        RefuseNew = false;
        ToClient.Swallows = false;
        Interlocked.Exchange(ref _answerBytesLeft, long.MaxValue);
        ToTarget.Resume();
        ToClient.Resume();
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

    /// <summary>Takes bytes from what may still pass before the cut.</summary>
    /// <returns>How many of them may pass.</returns>
    internal int TakeAnswerBytes(int wanted)
    {
        while (true)
        {
            var left = Interlocked.Read(ref _answerBytesLeft);
            if (left == long.MaxValue)
            {
                return wanted;
            }

            var taken = (int)Math.Min(left, wanted);
            if (Interlocked.CompareExchange(ref _answerBytesLeft, left - taken, left) == left)
            {
                return taken;
            }
        }
    }

    /// <summary>Cuts because the bytes that might still pass have passed. Later answers pass again.</summary>
    internal void CutAfterLastByte()
    {
        Interlocked.Exchange(ref _answerBytesLeft, long.MaxValue);
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
