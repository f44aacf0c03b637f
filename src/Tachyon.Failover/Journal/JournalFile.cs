using Microsoft.Win32.SafeHandles;

namespace Tachyon.Failover.Journal;

/// <summary>A journal file that is open for appending, and the lock that excludes other writers. One caller at a time.</summary>
internal sealed class JournalFile : IDisposable
{
    /// <summary>A switchover writes some 10 KiB.</summary>
    public const long MostBytes = 64 * 1024 * 1024;

    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _lock;
    private readonly FileStream _file;
    private readonly (string? Lock, string? File) _names;
    private long _end;

    private JournalFile(FileStream fileLock, FileStream file)
    {
        _lock = fileLock;
        _file = file;
        _names = (NameOf(fileLock), NameOf(file));
    }

    /// <summary>The number of bytes in complete lines on stable storage.</summary>
    public long End => Volatile.Read(ref _end);

    private SafeFileHandle Handle => _file.SafeFileHandle;

    /// <summary>Opens or creates the file, and marks what a crash left at its end.</summary>
    /// <exception cref="IOException">It cannot be opened, or another writer has it.</exception>
    public static JournalFile Open(string path)
    {
        RegularFile.Require(path, MostBytes);
        var fileLock = Lock(path);
        FileStream? file = null;
        try
        {
            file = new FileStream(path, Options(FileShare.ReadWrite | FileShare.Delete));
            KeepFromOthers(file);
            var journal = new JournalFile(fileLock, file);
            journal.TakeOver(path);
            return journal;
        }
        catch
        {
            file?.Dispose();
            fileLock.Dispose();
            throw;
        }
    }

    /// <summary>Writes a line after the last one and waits for the disk.</summary>
    /// <exception cref="IOException">It may not be on the disk. The next append marks the part that is there.</exception>
    public void Append(byte[] line)
    {
        ThrowIfMoved(_lock, _names.Lock);
        ThrowIfMoved(_file, _names.File);
        DisownTheRest();
        WriteThrough(line, End);
        Volatile.Write(ref _end, End + line.Length);
    }

    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

    /// <summary>Flushes the lines of the last process, which may not have done so. This process is the first to rely on them.</summary>
    private void TakeOver(string path)
    {
        var text = ReadFrom(0);
        if (JournalText.MendOf(text) is var (at, bytes))
        {
            WriteThrough(bytes, at);
        }

        RandomAccess.FlushToDisk(Handle);
        UnixFolder.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        Volatile.Write(ref _end, RandomAccess.GetLength(Handle));
    }

    /// <summary>
    /// What is written to a file without its name is lost, and a lock without its name keeps no other writer away. Linux knows the name that an open file has now; elsewhere nothing is compared.
    /// </summary>
    private static void ThrowIfMoved(FileStream file, string? before)
    {
        if (before is not null && NameOf(file) is var now && now != before)
        {
            throw new IOException($"{file.Name} was moved, removed or replaced by another program while it was open (it is '{now}' now), so nothing more is written. Put it back, or start anew: an entry that was not written is as if it had never been.");
        }
    }

    private static string? NameOf(FileStream file) =>
        OperatingSystem.IsLinux() ? new FileInfo($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}").LinkTarget : null;

    private static void KeepFromOthers(FileStream file)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & ~OwnersOnly) != UnixFileMode.None)
        {
            File.SetUnixFileMode(file.SafeFileHandle, OwnersOnly);
        }
    }

    /// <summary>Marks the bytes after the end, which a failed append has left. That append was reported as failed, even if its line is complete.</summary>
    private void DisownTheRest()
    {
        var length = RandomAccess.GetLength(Handle);
        if (length < End)
        {
            throw new IOException($"The journal {_file.Name} was cut to {length} bytes by another program; it had {End}. Check it, and move it aside to start a new one.");
        }

        if (length > End)
        {
            var (at, bytes) = JournalText.MarkFor(ReadFrom(End));
            WriteThrough(bytes, End + at);
            Volatile.Write(ref _end, End + at + bytes.Length);
        }
    }

    private byte[] ReadFrom(long offset)
    {
        var bytes = new byte[checked((int)(RandomAccess.GetLength(Handle) - offset))];
        var read = 0;
        for (int count; read < bytes.Length && (count = RandomAccess.Read(Handle, bytes.AsSpan(read), offset + read)) > 0;)
        {
            read += count;
        }

        return bytes[..read];
    }

    private void WriteThrough(byte[] bytes, long offset)
    {
        RandomAccess.Write(Handle, bytes, offset);
        RandomAccess.FlushToDisk(Handle);
    }

    /// <summary>
    /// Locks a separate file, because .NET on Unix has only shared and exclusive locks: an exclusive lock on the journal would exclude
    /// readers as well. The file is never deleted, because that would race with the next writer. The lock itself ends with the process.
    /// </summary>
    private static FileStream Lock(string path)
    {
        var lockPath = path + ".lock";
        try
        {
            return new FileStream(lockPath, Options(FileShare.None));
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new IOException(
                $"The journal {path} cannot be written: its lock {lockPath} cannot be taken ({exception.Message}) " +
                "If another coordinator runs with this journal, wait for its end or give this one a journal of its own.",
                exception);
        }
    }

    private static FileStreamOptions Options(FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersOnly;
        }

        return options;
    }
}
