using System.IO.Pipelines;

namespace Tachyon.Failover.Shells.Ssh;

/// <summary>
/// Makes a stream that can be awaited of one of SSH.NET's, which can only be waited on. It has a thread of its own: a read that
/// held a thread of the pool for as long as a script is silent would starve everything else here.
/// </summary>
/// <remarks>
/// Not bounded: SSH.NET acknowledges what it receives whether it is read or not, so holding back here would only move the bytes.
/// </remarks>
internal sealed class OutputPump
{
    private const int BufferSize = 32 * 1024;
    private const int StackSize = 256 * 1024;
    private const int MostBeforeMark = 64 * 1024;

    // Writing must not continue a reader's code on the pump's thread, and never waits for a reader.
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0, resumeWriterThreshold: 0, useSynchronizationContext: false));
    private readonly TaskCompletionSource<bool> _marked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stream _source;
    private readonly Action _heard;
    private readonly ReadOnlyMemory<byte> _mark;

    /// <summary>Starts the pump.</summary>
    /// <param name="source">SSH.NET's stream, which ends when it is disposed.</param>
    /// <param name="mark">What to drop, together with all before it; empty for nothing.</param>
    /// <param name="heard">Called whenever bytes have come.</param>
    /// <param name="name">The name of the thread.</param>
    public OutputPump(Stream source, ReadOnlyMemory<byte> mark, Action heard, string name)
    {
        _source = source;
        _mark = mark;
        _heard = heard;
        Output = _pipe.Reader.AsStream();
        if (mark.IsEmpty)
        {
            _marked.SetResult(true);
        }

        new Thread(Run, StackSize) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>What came, without the mark.</summary>
    public Stream Output { get; }

    /// <summary>Whether the mark was seen; false when the source ended without it, or held too much before it.</summary>
    public Task<bool> Marked => _marked.Task;

    private void Run()
    {
        try
        {
            if (_mark.IsEmpty || SkipMark())
            {
                Pass();
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or IOException)
        {
            // The end of the stream is all that a reader needs; the session's completion says why.
        }
        finally
        {
            _marked.TrySetResult(false);
            _pipe.Writer.Complete();
        }
    }

    private bool SkipMark()
    {
        var buffer = new byte[MostBeforeMark];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = _source.Read(buffer, length, buffer.Length - length);
            if (read == 0)
            {
                // Whoever started the script wants to read what was said instead.
                Write(buffer.AsSpan(0, length));
                return false;
            }

            _heard();
            length += read;
            var at = buffer.AsSpan(0, length).IndexOf(_mark.Span);
            if (at >= 0)
            {
                Write(buffer.AsSpan(at + _mark.Length, length - at - _mark.Length));
                _marked.TrySetResult(true);
                return true;
            }
        }

        Write(buffer);
        return false;
    }

    private void Pass()
    {
        var buffer = new byte[BufferSize];
        while (true)
        {
            var read = _source.Read(buffer, 0, buffer.Length);
            if (read == 0)
            {
                return;
            }

            _heard();
            Write(buffer.AsSpan(0, read));
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        bytes.CopyTo(_pipe.Writer.GetSpan(bytes.Length));
        _pipe.Writer.Advance(bytes.Length);

        // Without a threshold nothing is waited for here.
        _pipe.Writer.FlushAsync().AsTask().GetAwaiter().GetResult();
    }
}
