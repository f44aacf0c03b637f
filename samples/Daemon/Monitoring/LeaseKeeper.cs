namespace Tachyon.Failover.Daemon.Monitoring;

/// <summary>Holds an <see cref="ITakeoverLease"/> while the daemon is enabled.</summary>
internal sealed class LeaseKeeper(ITakeoverLease lease, string holder, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(15);

    private long? _since;
    private string? _failure;

    /// <summary>Whether the lease is certainly held. The term counts from before the request.</summary>
    public bool IsHeld => _since is { } since && time.GetElapsedTime(since) < Term;

    /// <summary>Takes the lease, or renews it after a third of its term. A store that fails or hangs costs a third of the term, and then the lease.</summary>
    public async Task<bool> KeepAsync(CancellationToken cancellationToken)
    {
        if (_since is { } since && time.GetElapsedTime(since) < Term / 3)
        {
            return true;
        }

        using var limit = new CancellationTokenSource(Term / 3, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var asked = time.GetTimestamp();
        try
        {
            var isHeld = IsHeld ? await lease.RenewAsync(holder, Term, both.Token) : await lease.AcquireAsync(holder, Term, both.Token);
            _since = isHeld ? asked : null;
            _failure = null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = exception is OperationCanceledException ? "it did not answer in time" : exception.Message;
            if (_failure != failure)
            {
                _failure = failure;
                logger.LeaseFailed(failure);
            }
        }

        return IsHeld;
    }

    /// <summary>Runs an action while the lease is held, and cancels the action when the lease is lost.</summary>
    public async Task<T> WhileHeldAsync<T>(Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var over = new CancellationTokenSource();
        var keeping = RenewAsync(lost, over.Token);
        try
        {
            return await act(lost.Token);
        }
        finally
        {
            await over.CancelAsync();
            await keeping;
        }
    }

    public async Task ReleaseAsync()
    {
        if (!IsHeld)
        {
            return;
        }

        _since = null;
        using var limit = new CancellationTokenSource(Term / 3, time);
        try
        {
            await lease.ReleaseAsync(holder, limit.Token);
        }
        catch (Exception exception)
        {
            logger.LeaseFailed(exception.Message);
        }
    }

    private async Task RenewAsync(CancellationTokenSource lost, CancellationToken over)
    {
        using var beat = new PeriodicTimer(Term / 5, time);
        try
        {
            while (await beat.WaitForNextTickAsync(over))
            {
                if (!await KeepAsync(over))
                {
                    await lost.CancelAsync();
                    return;
                }
            }
        }
        catch (Exception) when (over.IsCancellationRequested)
        {
            // The action is over. An error of the store must not hide the action's result.
        }
    }
}
