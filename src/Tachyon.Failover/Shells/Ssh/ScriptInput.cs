using System.Buffers;
using Renci.SshNet.Common;

namespace Tachyon.Failover.Shells.Ssh;

/// <summary>
/// The standard input of a script. SSH.NET's own stream blocks while the host reads nothing, and reports no error after the channel is
/// closed. Here a write can be awaited, ends with the session, and then throws.
/// </summary>
internal sealed class ScriptInput : Stream
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationToken _ended;
    private readonly Func<ShellExit> _exit;
    private readonly Stream _channel;
    private int _isClosed;

    /// <summary>Wraps a channel's input.</summary>
    /// <param name="channel">SSH.NET's stream.</param>
    /// <param name="exit">How the session ended; asked only after <paramref name="ended"/>.</param>
    /// <param name="ended">The end of the session. After it, every write throws.</param>
    public ScriptInput(Stream channel, Func<ShellExit> exit, CancellationToken ended)
    {
        _channel = channel;
        _ended = ended;
        _exit = exit;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => _isClosed == 0;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    // A write is passed on before it returns, so there is nothing to flush.
    public override Task FlushAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isClosed != 0, this);
        if (buffer.IsEmpty)
        {
            return;
        }

        // A copy, because a canceled write may still run when the caller reuses its buffer.
        var copy = ArrayPool<byte>.Shared.Rent(buffer.Length);
        buffer.CopyTo(copy);
        var length = buffer.Length;
        await InTurnAsync(
            () =>
            {
                _channel.Write(copy, 0, length);
                ArrayPool<byte>.Shared.Return(copy);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Sends the end of file after the earlier writes.</summary>
    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // In order with the writes, but without waiting for a host that may not answer.
            _ = CloseAsync();
        }

        base.Dispose(disposing);
    }

    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0 || _ended.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await InTurnAsync(_channel.Dispose, CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The session has ended, and its input with it.
        }
    }

    private async Task InTurnAsync(Action act, CancellationToken cancellationToken)
    {
        using var both = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended) : null;
        var token = both?.Token ?? _ended;
        try
        {
            await _turn.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Ended(exception);
        }

        // SSH.NET drops writes to a closed channel without an error.
        if (_ended.IsCancellationRequested)
        {
            _turn.Release();
            throw Ended(cause: null);
        }

        try
        {
            await Task.Run(() => ActAndPassOn(act), CancellationToken.None).WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Decided below.
        }

        // A script that ends by itself may have read all of it: its end may be known here before the write is. Only a lost connection leaves the write unknown.
        if (_ended.IsCancellationRequested && _exit().IsLost)
        {
            throw Ended(cause: null);
        }
    }

    private IOException Ended(Exception? cause) => new($"Nothing can be written: {_exit()}.", cause);

    private void ActAndPassOn(Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception) when (exception is SshException or ObjectDisposedException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            throw new IOException($"Nothing can be written: {exception.Message}", exception);
        }
        finally
        {
            _turn.Release();
        }
    }
}
