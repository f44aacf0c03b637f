namespace Tachyon.Failover.Testing.Network;

/// <summary>What a link does to the bytes of one direction.</summary>
internal sealed class LinkDirection
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _stall;
    private long _latency;
    private long _bytesPerSecond;
    private volatile bool _swallows;

    public TimeSpan Latency
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _latency));
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            Interlocked.Exchange(ref _latency, value.Ticks);
        }
    }

    public long? BytesPerSecond
    {
        get => Interlocked.Read(ref _bytesPerSecond) is var value and > 0 ? value : null;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value ?? 1, nameof(value));
            Interlocked.Exchange(ref _bytesPerSecond, value ?? 0);
        }
    }

    public bool Swallows
    {
        get => _swallows;
        set => _swallows = value;
    }

    /// <summary>Completes when bytes may pass.</summary>
    public Task Passable
    {
        get
        {
            lock (_lock)
            {
                return _stall?.Task ?? Task.CompletedTask;
            }
        }
    }

    public void Stall()
    {
        lock (_lock)
        {
            _stall ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Resume()
    {
        lock (_lock)
        {
            _stall?.TrySetResult();
            _stall = null;
        }
    }
}
