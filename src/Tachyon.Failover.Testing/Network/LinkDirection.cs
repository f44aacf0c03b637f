using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Testing.Network;

/// <summary>What a link does to the bytes of one direction. They keep their order in each connection, whatever is set when.</summary>
/// <remarks>
/// Thread-safe; every setting holds at once, also for connections that are open, but not for bytes that are under way. Chance is drawn from the link's seed, the
/// same numbers for each piece that comes, whatever is set; how the senders' bytes fall into pieces is the machine's affair.
/// </remarks>
public sealed class LinkDirection
{
    private readonly Lock _lock = new();
    private readonly SeededRandom _random;
    private readonly TimeProvider _time;
    private readonly Action _cut;
    private TaskCompletionSource? _stall;
    private TimeSpan _latency;
    private TimeSpan _jitter;
    private TimeSpan _stallLength = TimeSpan.FromMilliseconds(200);
    private long? _bytesPerSecond;
    private long? _bytesLeft;
    private double _stallRate;
    private double _cutRate;
    private long _freeAt;
    private long _closedUntil;
    private volatile bool _swallows;

    internal LinkDirection(ulong seed, string name, TimeProvider time, Action cut)
    {
        _random = new SeededRandom(seed, name);
        _time = time;
        _cut = cut;
        _freeAt = _closedUntil = time.GetTimestamp();
    }

    /// <summary>How long a byte takes.</summary>
    /// <value>0; at least 0.</value>
    public TimeSpan Latency
    {
        get => Get(ref _latency);
        set => Set(ref _latency, NotNegative(value));
    }

    /// <summary>How much longer than <see cref="Latency"/> a byte may take: from nothing to this, every length as likely.</summary>
    /// <value>0; at least 0.</value>
    public TimeSpan Jitter
    {
        get => Get(ref _jitter);
        set => Set(ref _jitter, NotNegative(value));
    }

    /// <summary>How many bytes pass in a second, over all connections; null for as many as can.</summary>
    /// <value>Null; at least 1.</value>
    public long? BytesPerSecond
    {
        get => Get(ref _bytesPerSecond);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value ?? 1, nameof(value));
            Set(ref _bytesPerSecond, value);
        }
    }

    /// <summary>
    /// The chance of each piece that comes to be held up for <see cref="StallLength"/>, with all that follows in its connection: what a lost
    /// packet looks like to whoever reads.
    /// </summary>
    /// <value>0; 0 to 1.</value>
    public double StallRate
    {
        get => Get(ref _stallRate);
        set => Set(ref _stallRate, Rate(value));
    }

    /// <summary>How long a piece is held up if <see cref="StallRate"/> takes it.</summary>
    /// <value>200 ms, which is the least that Linux waits before it sends a packet again; at least 0.</value>
    public TimeSpan StallLength
    {
        get => Get(ref _stallLength);
        set => Set(ref _stallLength, NotNegative(value));
    }

    /// <summary>The chance of each piece that comes to reset its connection instead of being passed on.</summary>
    /// <value>0; 0 to 1.</value>
    public double CutRate
    {
        get => Get(ref _cutRate);
        set => Set(ref _cutRate, Rate(value));
    }

    internal bool Swallows => _swallows;

    /// <summary>Completes when bytes may pass.</summary>
    internal Task Passable
    {
        get
        {
            lock (_lock)
            {
                return _stall?.Task ?? Task.CompletedTask;
            }
        }
    }

    /// <summary>When a stall of some length ends, as a timestamp.</summary>
    internal long ClosedUntil => Get(ref _closedUntil);

    /// <summary>Passes nothing on any more and closes nothing, until <see cref="Heal"/>.</summary>
    public void Stall()
    {
        lock (_lock)
        {
            _stall ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Passes nothing on for that long, by the link's clock; then all that waited, at once.</summary>
    /// <param name="length">At least 0. A stall under way is made longer, never shorter.</param>
    public void StallFor(TimeSpan length)
    {
        NotNegative(length);
        lock (_lock)
        {
            _closedUntil = Math.Max(_closedUntil, _time.GetTimestamp() + Ticks(length));
        }
    }

    /// <summary>Drops everything from now on. Connections that lost a byte stay silent until they are cut.</summary>
    public void Swallow() => _swallows = true;

    /// <summary>Cuts all connections of the link once that many more bytes have been passed on, counted over all of them.</summary>
    /// <param name="bytes">0 or more; the last of them still arrives, the next does not.</param>
    public void CutAfter(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Set(ref _bytesLeft, bytes);
    }

    /// <summary>Ends all faults for what comes later: stalls, swallowing, cuts. What waited goes on. Latency, jitter and bandwidth stay.</summary>
    public void Heal()
    {
        _swallows = false;
        lock (_lock)
        {
            _stallRate = _cutRate = 0;
            _bytesLeft = null;
            _closedUntil = _time.GetTimestamp();
            _stall?.TrySetResult();
            _stall = null;
        }
    }

    /// <summary>Plans a piece that has just come.</summary>
    /// <param name="length">Its bytes.</param>
    /// <param name="lastDue">When the piece before it in its connection is due; no piece overtakes another.</param>
    /// <returns>When it is due at the other end, as a timestamp; null if it cuts its connection.</returns>
    internal long? Plan(int length, long lastDue)
    {
        lock (_lock)
        {
            var (jitter, stalls, cuts) = (_random.Between(0, 1) * _jitter, _random.Chance(_stallRate), _random.Chance(_cutRate));
            if (cuts)
            {
                return null;
            }

            // The line is busy with one piece after the other; then each of them travels.
            _freeAt = Math.Max(_freeAt, _time.GetTimestamp());
            _freeAt += _bytesPerSecond is { } bytesPerSecond ? length * _time.TimestampFrequency / bytesPerSecond : 0;
            return Math.Max(lastDue, _freeAt + Ticks(_latency + jitter + (stalls ? _stallLength : TimeSpan.Zero)));
        }
    }

    /// <summary>Takes bytes from what may still pass before the cut.</summary>
    /// <returns>How many of them may pass.</returns>
    internal int Take(int wanted)
    {
        lock (_lock)
        {
            var taken = (int)Math.Min(_bytesLeft ?? wanted, wanted);
            _bytesLeft -= taken;
            return taken;
        }
    }

    /// <summary>Cuts because the bytes that might still pass have passed. Later ones pass again.</summary>
    internal void CutAfterLastByte()
    {
        Set(ref _bytesLeft, null);
        _cut();
    }

    private T Get<T>(ref T field)
    {
        lock (_lock)
        {
            return field;
        }
    }

    private void Set<T>(ref T field, T value)
    {
        lock (_lock)
        {
            field = value;
        }
    }

    private long Ticks(TimeSpan length) => (long)(length.TotalSeconds * _time.TimestampFrequency);

    private static TimeSpan NotNegative(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        return value;
    }

    private static double Rate(double value)
    {
        if (value is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A chance is from 0 to 1.");
        }

        return value;
    }
}
