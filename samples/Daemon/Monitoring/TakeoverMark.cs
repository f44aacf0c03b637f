using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Daemon.Monitoring;

/// <summary>
/// A file that says that the daemon took over, or was about to. While it exists, no daemon with this journal is enabled, even with --enable: a restart must not enable a daemon that has disabled itself.
/// </summary>
/// <param name="path">The file, beside the journal.</param>
internal sealed class TakeoverMark(string path)
{
    public string Path => path;

    public static TakeoverMark Beside(string journal) => new($"{journal}.took-over");

    /// <summary>The file's text; null if there is no file.</summary>
    /// <exception cref="IOException">The file exists and cannot be read.</exception>
    public string? Read() => File.Exists(path) ? File.ReadAllText(path).Trim() : null;

    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string words)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, OwnFile.Options(FileMode.Create));
        file.Write(System.Text.Encoding.UTF8.GetBytes($"{words}\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Lets a daemon with this journal be enabled again. Does nothing without the file or its folder.</summary>
    /// <exception cref="IOException">The file exists and cannot be removed.</exception>
    public void Remove()
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}
