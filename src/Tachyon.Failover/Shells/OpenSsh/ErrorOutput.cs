using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Tachyon.Failover.Shells.Ssh;

namespace Tachyon.Failover.Shells.OpenSsh;

/// <summary>
/// The standard error of <c>ssh</c>: first its own messages, then the script's output, then the script's exit status, and after a lost connection
/// its own messages again. Read at once and kept, because the status comes after output that may stay unread.
/// </summary>
internal sealed class ErrorOutput : IDisposable
{
    private const int BufferSize = 4096;
    private const int LongestLine = 512;
    private const int LongestStatus = 4;

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0, resumeWriterThreshold: 0, useSynchronizationContext: false));
    private readonly TaskCompletionSource<bool> _marked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _lastLine = new();
    private readonly MarkedStream _source;
    private readonly byte[] _statusMark;

    public ErrorOutput(Stream source, ShellBootstrap bootstrap)
    {
        _source = new MarkedStream(source, bootstrap.Mark);
        _statusMark = bootstrap.StatusMark.ToArray();
        Output = _pipe.Reader.AsStream();
        Ended = ReadAsync();
    }

    /// <summary>The script's output, and the later messages of <c>ssh</c>.</summary>
    public Stream Output { get; }

    /// <summary>Whether the mark was seen.</summary>
    public Task<bool> Marked => _marked.Task;

    /// <summary>The messages of <c>ssh</c> and the login before the script.</summary>
    public string Words => _source.Words;

    /// <summary>Completes with the stream.</summary>
    public Task Ended { get; }

    /// <summary>The script's exit status; null if it has not arrived.</summary>
    public int? Status { get; private set; }

    /// <summary>The last line, without its end. OpenSSH ends its own messages with a carriage return, which is kept.</summary>
    public string LastLine
    {
        get
        {
            lock (_lastLine)
            {
                return _lastLine.ToString().Trim('\n');
            }
        }
    }

    public void Dispose() => _source.Dispose();

    private async Task ReadAsync()
    {
        try
        {
            var isMarked = await _source.SkipAsync().ConfigureAwait(false);
            _marked.TrySetResult(isMarked);
            if (isMarked)
            {
                await PassAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process was killed.
        }
        finally
        {
            _marked.TrySetResult(false);
            await _pipe.Writer.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task PassAsync()
    {
        var buffer = new byte[BufferSize];
        var held = 0;
        while (await _source.ReadAsync(buffer.AsMemory(held)).ConfigureAwait(false) is var read and > 0)
        {
            held = Pass(buffer, held + read);
            await _pipe.Writer.FlushAsync().ConfigureAwait(false);
        }

        Write(buffer.AsSpan(0, held));
    }

    /// <summary>Passes on everything that cannot be part of the status line, and moves the rest to the front.</summary>
    /// <returns>The length of the rest.</returns>
    private int Pass(byte[] buffer, int length)
    {
        var bytes = buffer.AsSpan(0, length);
        while (Status is null && bytes.IndexOf(_statusMark) is var at and >= 0)
        {
            var words = bytes[(at + _statusMark.Length)..];
            var end = words.IndexOf((byte)'\n');
            if (end < 0 && words.Length < LongestStatus)
            {
                Write(bytes[..at]);
                bytes[at..].CopyTo(buffer);
                return bytes.Length - at;
            }

            // A script could find out the mark and print it.
            Status = end >= 0 && int.TryParse(words[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null;
            Write(bytes[..(Status is null ? at + 1 : at)]);
            bytes = Status is null ? bytes[(at + 1)..] : words[(end + 1)..];
        }

        var keep = Status is null ? LengthOfBeginning(bytes) : 0;
        Write(bytes[..^keep]);
        bytes[^keep..].CopyTo(buffer);
        return keep;
    }

    private int LengthOfBeginning(ReadOnlySpan<byte> bytes)
    {
        for (var length = Math.Min(bytes.Length, _statusMark.Length - 1); length > 0; length--)
        {
            if (bytes.EndsWith(_statusMark.AsSpan(0, length)))
            {
                return length;
            }
        }

        return 0;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        _pipe.Writer.Write(bytes);
        var before = bytes[..^1].LastIndexOf((byte)'\n');
        lock (_lastLine)
        {
            if (before >= 0 || (_lastLine.Length > 0 && _lastLine[^1] == '\n') || _lastLine.Length > LongestLine)
            {
                _lastLine.Clear();
            }

            _lastLine.Append(Encoding.UTF8.GetString(bytes[(before + 1)..]));
        }
    }
}
