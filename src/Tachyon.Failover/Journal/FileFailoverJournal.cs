using System.Runtime.CompilerServices;

namespace Tachyon.Failover.Journal;

/// <summary>A journal in a file: UTF-8, each line ended by a line feed.</summary>
/// <remarks>
/// <para>
/// Thread-safe; appends from several threads are stored one after the other. The first append opens the file. Until it is disposed this
/// object is its only writer: the lock file <c>PATH.lock</c>, which is never deleted, refuses a second one in any process.
/// Reading takes no lock, is possible while another process writes, and does not create the file: without it there are no lines.
/// </para>
/// <para>
/// An append is one write and one flush to the disk. The file and its lock are created for their owner only (mode 0600), and the
/// folder is flushed as well; on Windows access follows the folder, and a folder cannot be flushed there: a power failure just after the very first
/// append can lose the file. The folder must exist.
/// </para>
/// <para>
/// Nothing is ever removed. Readers skip a last line that a crash cut short, and the next writer ends it with <c> #torn</c>;
/// readers skip every line that ends so. The rest of a failed append is marked in the same way. A read holds the whole file in memory:
/// a switchover writes some 10 kB.
/// </para>
/// </remarks>
public sealed class FileFailoverJournal : IFailoverJournal, IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile JournalFile? _file;
    private volatile bool _disposed;

    /// <summary>Sets the path; nothing is opened yet.</summary>
    /// <param name="path">The path of the file, in a folder that exists.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public FileFailoverJournal(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        FilePath = Path.GetFullPath(path);
    }

    /// <summary>The full path of the file.</summary>
    public string FilePath { get; }

    /// <inheritdoc/>
    /// <value>True.</value>
    public bool OutlivesProcess => true;

    /// <inheritdoc/>
    /// <remarks>Cancellation counts only until the write begins. After that an append is done or has failed.</remarks>
    /// <exception cref="ArgumentException">A line has a line feed or NUL, or ends with <c> #torn</c>. None was written.</exception>
    /// <exception cref="ObjectDisposedException">The journal was disposed.</exception>
    public async Task AppendAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken = default)
    {
        JournalText.Check(lines);
        byte[] bytes = [.. lines.SelectMany(JournalText.BytesOf)];
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            cancellationToken.ThrowIfCancellationRequested();

            // A flush can take long, and .NET has only a blocking one.
            await Task.Run(() => (_file ??= JournalFile.Open(FilePath)).Append(bytes), CancellationToken.None).ConfigureAwait(false);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Denied(exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The journal was disposed.</exception>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        foreach (var line in JournalText.Read(await ReadBytesAsync(cancellationToken).ConfigureAwait(false), FilePath))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return line;
        }
    }

    /// <summary>Waits for an append in progress, and releases the file for another writer. May be called twice.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            _disposed = true;
            _file?.Dispose();
            _file = null;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadBytesAsync(CancellationToken cancellationToken)
    {
        // Taken before the bytes are read: later lines did not exist when the caller asked.
        var end = _file?.End;
        try
        {
            RegularFile.Require(FilePath, JournalFile.MostBytes);
            var file = new FileStream(FilePath, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete });
            await using (file.ConfigureAwait(false))
            {
                var bytes = new byte[checked((int)(end ?? file.Length))];
                var read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                return bytes.AsMemory(0, read);
            }
        }
        catch (FileNotFoundException)
        {
            return default;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Denied(exception);
        }
    }

    private IOException Denied(UnauthorizedAccessException exception) =>
        new($"The journal {FilePath} may not be opened: {exception.Message} Check the owner of the file and its folder.", exception);
}
