using System.Text;

namespace Tachyon.Failover.Shells.OpenSsh;

/// <summary>A byte stream to a port as the host sees it: the standard streams of an <c>ssh -W</c>.</summary>
internal sealed class OpenSshForward : Stream
{
    private const int LongestWords = 16 * 1024;

    // From ssh's own connection, and from a shared one.
    private static readonly string[] Confirmations = [": open confirm ", ": master session id: "];

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly TaskCompletionSource<bool> _isOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _words = new();
    private readonly OpenSshProcess _process;
    private readonly TimeProvider _time;

    public OpenSshForward(OpenSshProcess process, TimeProvider time)
    {
        _process = process;
        _time = time;
        _ = ReadWordsAsync();
    }

    /// <summary>Whether the port has accepted; false when <c>ssh</c> ended before.</summary>
    public Task<bool> IsOpen => _isOpen.Task;

    /// <summary>The messages of <c>ssh</c>, without debug messages.</summary>
    public string Words
    {
        get
        {
            lock (_words)
            {
                return _words.ToString();
            }
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => _process.Output.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _process.Output.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _process.Output.ReadAsync(buffer, offset, count, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => _process.Input.Write(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _process.Input.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _process.Input.WriteAsync(buffer, offset, count, cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Closes the stream and waits for the end of <c>ssh</c>.</summary>
    public Task CloseAsync() => _process.CloseAsync(Patience, _time);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ = CloseAsync();
        }

        base.Dispose(disposing);
    }

    // Reads to the end: an ssh that cannot write its messages would block.
    private async Task ReadWordsAsync()
    {
        using var lines = new StreamReader(_process.Error, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        try
        {
            while (await lines.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                if (!line.StartsWith("debug", StringComparison.Ordinal))
                {
                    Note(line);
                }
                else if (Confirmations.Any(words => line.Contains(words, StringComparison.Ordinal)))
                {
                    _isOpen.TrySetResult(true);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process was killed.
        }
        finally
        {
            _isOpen.TrySetResult(false);
        }
    }

    private void Note(string line)
    {
        lock (_words)
        {
            if (_words.Length < LongestWords)
            {
                _words.Append(line).Append('\n');
            }
        }
    }
}
