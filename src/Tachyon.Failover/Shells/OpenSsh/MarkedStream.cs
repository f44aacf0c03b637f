using System.Text;

namespace Tachyon.Failover.Shells.OpenSsh;

/// <summary>A process's output after a mark. The text before the mark is kept for the operator, in case the mark never comes.</summary>
internal sealed class MarkedStream(Stream source, ReadOnlyMemory<byte> mark) : Stream
{
    private const int MostBeforeMark = 16 * 1024;

    private readonly byte[] _buffer = new byte[MostBeforeMark];
    private Memory<byte> _rest;
    private int _length;

    /// <summary>The text before the mark, or without one.</summary>
    public string Words => Encoding.UTF8.GetString(_buffer, 0, Volatile.Read(ref _length));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads up to the mark; false when the stream ended without it, or had too much before it. Must be the first read.</summary>
    public async Task<bool> SkipAsync()
    {
        try
        {
            while (_length < _buffer.Length && await source.ReadAsync(_buffer.AsMemory(_length)).ConfigureAwait(false) is var read and > 0)
            {
                var end = _length + read;
                var at = _buffer.AsSpan(0, end).IndexOf(mark.Span);
                if (at >= 0)
                {
                    _rest = _buffer.AsMemory(at + mark.Length, end - at - mark.Length);
                    Volatile.Write(ref _length, at);
                    return true;
                }

                Volatile.Write(ref _length, end);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process was killed.
        }

        return false;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _rest.IsEmpty ? source.ReadAsync(buffer, cancellationToken) : ValueTask.FromResult(TakeRest(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer) => _rest.IsEmpty ? source.Read(buffer) : TakeRest(buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private int TakeRest(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..length].CopyTo(buffer);
        _rest = _rest[length..];
        return length;
    }
}
