using System.IO.Pipelines;

namespace Tachyon.Failover.Shells.Ssh;

/// <summary>
/// Converts one of SSH.NET's blocking streams into an asynchronous one. It has its own thread: a read that blocked
/// a pool thread during a silent script would starve the rest of the program.
/// </summary>
/// <remarks>
/// Not bounded: SSH.NET acknowledges received bytes whether they are read or not, so a limit here would only move the bytes.
/// </remarks>
internal sealed class OutputPump
{
    private const int BufferSize = 32 * 1024;
    private const int StackSize = 256 * 1024;
    private const int MostBeforeMark = 64 * 1024;

    // A write must not run a reader's code on the pump's thread, and never waits for a reader.
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0, resumeWriterThreshold: 0, useSynchronizationContext: false));
    private readonly TaskCompletionSource<bool> _marked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stream _source;
    private readonly Action _heard;
    private readonly ReadOnlyMemory<byte> _mark;

    /// <summary>Starts the pump.</summary>
    /// <param name="source">SSH.NET's stream, which ends when it is disposed.</param>
    /// <param name="mark">The mark to drop, together with all before it; empty for none.</param>
    /// <param name="heard">Called when bytes have arrived.</param>
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

    /// <summary>The output, without the mark.</summary>
    public Stream Output { get; }

    /// <summary>Whether the mark was seen; false when the source ended without it, or had too much before it.</summary>
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
            // A reader only needs the end of the stream; the session's completion gives the reason.
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
                // The mark did not come, so the caller reads the text instead.
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

        // Without a threshold this does not wait.
        _pipe.Writer.FlushAsync().AsTask().GetAwaiter().GetResult();
    }
}
