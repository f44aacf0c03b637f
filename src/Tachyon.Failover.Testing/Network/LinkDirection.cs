using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Testing.Network;

/// <summary>What a link does to the bytes of one direction. Each connection keeps their order under all settings.</summary>
/// <remarks>
/// Thread-safe. Every setting takes effect at once, also for open connections, but not for bytes under way. Chance is drawn from the link's seed: the
/// same numbers for each piece that arrives, under all settings. The machine decides how the senders' bytes are cut into pieces.
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

    /// <summary>The most that a byte may take longer than <see cref="Latency"/>. All values from zero to this are equally likely.</summary>
    /// <value>0; at least 0.</value>
    public TimeSpan Jitter
    {
        get => Get(ref _jitter);
        set => Set(ref _jitter, NotNegative(value));
    }

    /// <summary>How many bytes pass in a second, over all connections; null for no limit.</summary>
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
    /// The chance that an arriving piece is held up for <see cref="StallLength"/>, with all that follows in its connection. The reader sees what a lost
    /// packet looks like.
    /// </summary>
    /// <value>0; 0 to 1.</value>
    public double StallRate
    {
        get => Get(ref _stallRate);
        set => Set(ref _stallRate, Rate(value));
    }

    /// <summary>How long a piece is held up by <see cref="StallRate"/>.</summary>
    /// <value>200 ms, which is the least that Linux waits before it sends a packet again; at least 0.</value>
    public TimeSpan StallLength
    {
        get => Get(ref _stallLength);
        set => Set(ref _stallLength, NotNegative(value));
    }

    /// <summary>The chance that an arriving piece resets its connection instead of being passed on.</summary>
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

    /// <summary>Passes on nothing more and closes nothing, until <see cref="Heal"/>.</summary>
    public void Stall()
    {
        lock (_lock)
        {
            _stall ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Passes on nothing for that long, by the link's clock. After that, all that waited passes at once.</summary>
    /// <param name="length">At least 0. Extends a running stall, never shortens it.</param>
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

    /// <summary>Ends all faults for later bytes: stalls, swallowing, cuts. Waiting bytes pass. Latency, jitter and bandwidth stay.</summary>
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

    /// <summary>Plans a piece that has just arrived.</summary>
    /// <param name="length">Its bytes.</param>
    /// <param name="lastDue">When the piece before it in its connection is due. No piece overtakes another.</param>
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

            // The line carries one piece after the other. After that, each of them travels.
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

    /// <summary>Cuts the connections: the allowed bytes have passed. Later bytes pass again.</summary>
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
