using System.Globalization;

namespace Tachyon.Failover.Contracts;

/// <summary>A folder that is deleted with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tachyon-failover-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Waits until a file with that name exists.</summary>
    public async Task FileAppearsAsync(string name, TimeSpan patience)
    {
        var appeared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Path, name);
        watcher.Created += (_, _) => appeared.TrySetResult();
        watcher.Renamed += (_, _) => appeared.TrySetResult();
        watcher.EnableRaisingEvents = true;
        if (!System.IO.File.Exists(File(name)))
        {
            try
            {
                await appeared.Task.WaitAsync(patience, TimeProvider.System);
            }
            catch (TimeoutException exception)
            {
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{File(name)} did not appear within {patience.TotalSeconds} s."), exception);
            }
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A script that is about to end may still write into it.
        }
    }
}
