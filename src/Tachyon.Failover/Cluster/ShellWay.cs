using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Cluster;

/// <summary>
/// The connections of <see cref="HttpClusterRpc.OverShell"/>. The first one takes as long as the shell needs to connect and log in, and has its own time limit.
/// Within the limit of a call, it would fail calls on busy machines before they were sent.
/// </summary>
/// <remarks>Thread-safe. The first connection is opened once for all callers, and continues if one of them cancels.</remarks>
internal sealed class ShellWay(IShell shell, int port, TimeSpan limit, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private Task<Stream>? _ahead;
    private bool _isOpen;
    private bool _isDisposed;

    /// <summary>Waits until a connection is open; returns at once if one was open at the last check.</summary>
    /// <exception cref="ShellException">There is none.</exception>
    /// <exception cref="TimeoutException">There was none within the limit.</exception>
    public Task ReachAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_isOpen)
            {
                return Task.CompletedTask;
            }

            if (_ahead is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _ahead = OpenAsync();
            }

            // A plain Task, so that a canceled caller leaves the connection to the others.
            return ((Task)_ahead).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Opens a connection, or returns the one that was opened ahead.</summary>
    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_ahead is { IsCompletedSuccessfully: true } ahead)
            {
                _ahead = null;
                return ahead.Result;
            }
        }

        try
        {
            return await shell.ConnectAsync("127.0.0.1", port, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            lock (_lock)
            {
                _isOpen = false;
            }

            throw;
        }
    }

    /// <summary>Closes the connection that no caller has taken.</summary>
    public void Dispose()
    {
        Task<Stream>? ahead;
        lock (_lock)
        {
            _isDisposed = true;
            (ahead, _ahead) = (_ahead, null);
        }

        if (ahead is { IsCompletedSuccessfully: true })
        {
            ahead.Result.Dispose();
        }
    }

    private async Task<Stream> OpenAsync()
    {
        // Not under the lock of the caller.
        await Task.Yield();
        using var deadline = new CancellationTokenSource(limit, time);
        try
        {
            var stream = await shell.ConnectAsync("127.0.0.1", port, deadline.Token).OrClosedLateAsync(deadline.Token).ConfigureAwait(false);
            lock (_lock)
            {
                if (!_isDisposed)
                {
                    _isOpen = true;
                    return stream;
                }
            }

            await stream.DisposeAsync().ConfigureAwait(false);
            throw new ObjectDisposedException(nameof(HttpClusterRpc));
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException(FormattableString.Invariant($"the shell had no connection to the RPC within {limit.TotalSeconds:0.###} s"), exception);
        }
    }
}
