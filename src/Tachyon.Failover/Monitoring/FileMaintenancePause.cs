using System.Text.Json;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Monitoring;

/// <summary>A pause in a file: one JSON object, <c>{"until": "2026-11-23T20:00:00+00:00", "reason": "kernel update"}</c>. Without the file there is no pause.</summary>
/// <remarks>
/// Thread-safe, and several programs may share a file. It is replaced as a whole: a reader gets the old or the new one. It is created for its owner only (mode 0600; on Windows
/// access follows the folder), in an existing folder. A damaged file is an error. It does not end the pause.
/// </remarks>
public sealed class FileMaintenancePause : IMaintenancePause
{
    /// <summary>Names the file; nothing is opened yet.</summary>
    /// <param name="path">The path of the file, in a folder that exists.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public FileMaintenancePause(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        FilePath = Path.GetFullPath(path);
    }

    /// <summary>The full path of the file.</summary>
    public string FilePath { get; }

    /// <inheritdoc/>
    public async Task<MaintenancePause?> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var text = await File.ReadAllBytesAsync(FilePath, cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize(text, PauseJson.Default.MaintenancePause) ?? throw Damaged("it holds null.", inner: null);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException exception)
        {
            throw Damaged(exception.Message, exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Denied(exception);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The pause has no reason.</exception>
    public async Task PauseAsync(MaintenancePause pause, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pause);
        if (string.IsNullOrWhiteSpace(pause.Reason))
        {
            throw new ArgumentException($"{nameof(MaintenancePause.Reason)} is empty; say why the validator will be silent.", nameof(pause));
        }

        var text = JsonSerializer.SerializeToUtf8Bytes(pause, PauseJson.Default.MaintenancePause);
        var temporary = $"{FilePath}.{Guid.NewGuid():N}.new";
        try
        {
            await WriteAsync(temporary, text, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, FilePath, overwrite: true);
            UnixFolder.Flush(Path.GetDirectoryName(FilePath)!);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Denied(exception);
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    /// <inheritdoc/>
    public Task ResumeAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            File.Delete(FilePath);
            return Task.CompletedTask;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Denied(exception);
        }
    }

    private static async Task WriteAsync(string path, byte[] text, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(path, options);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(text, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A leftover temporary file does no harm.
        }
    }

    private IOException Damaged(string why, Exception? inner) =>
        new($"The pause {FilePath} is damaged: {why} Announce it again, or delete the file if there is no pause.", inner);

    private IOException Denied(UnauthorizedAccessException exception) =>
        new($"The pause {FilePath} may not be read or written by this user: {exception.Message} Give the user the file and its folder.", exception);
}
