namespace Tachyon.Failover.Watchdog.Watching;

/// <summary>
/// A file that says that the watchdog took over, or was about to. While it is there no watchdog with this journal is armed, whatever its command line says: a restart must not undo that it has disarmed itself.
/// </summary>
/// <param name="path">The file, beside the journal.</param>
internal sealed class TakeoverMark(string path)
{
    public string Path => path;

    public static TakeoverMark Beside(string journal) => new($"{journal}.took-over");

    /// <summary>What it says; null if there is none.</summary>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    public string? Read() => File.Exists(path) ? File.ReadAllText(path).Trim() : null;

    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Write(string words)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        file.Write(System.Text.Encoding.UTF8.GetBytes($"{words}\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Lets a watchdog with this journal be armed again; nothing happens if there is no such file, or no such folder.</summary>
    /// <exception cref="IOException">It is there and cannot be removed.</exception>
    public void Remove()
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}
