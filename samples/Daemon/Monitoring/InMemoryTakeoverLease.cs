namespace Tachyon.Failover.Daemon.Monitoring;

/// <summary>A lease among the daemons of one process. For a single daemon, or for several that rely on the locks on the nodes.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="timeProvider">The clock; null for the system's.</param>
internal sealed class InMemoryTakeoverLease(TimeProvider? timeProvider = null) : ITakeoverLease
{
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private string? _holder;
    private long _since;
    private TimeSpan _term;

    /// <inheritdoc/>
    public Task<bool> AcquireAsync(string holder, TimeSpan term, CancellationToken cancellationToken = default) => HoldAsync(holder, term, mayBegin: true, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RenewAsync(string holder, TimeSpan term, CancellationToken cancellationToken = default) => HoldAsync(holder, term, mayBegin: false, cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseAsync(string holder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(holder);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _holder = _holder == holder ? null : _holder;
        }

        return Task.CompletedTask;
    }

    private Task<bool> HoldAsync(string holder, TimeSpan term, bool mayBegin, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(holder);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(term, TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var isFree = _holder is null || _time.GetElapsedTime(_since) >= _term;
            if (_holder != holder && !(mayBegin && isFree))
            {
                return Task.FromResult(false);
            }

            (_holder, _since, _term) = (holder, _time.GetTimestamp(), term);
            return Task.FromResult(true);
        }
    }
}
