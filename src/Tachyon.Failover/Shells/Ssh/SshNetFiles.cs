using Renci.SshNet;
using Renci.SshNet.Common;

namespace Tachyon.Failover.Shells.Ssh;

/// <summary>A host's files by SFTP. Failures are <see cref="IOException"/>s. One connection; thread-safe.</summary>
internal sealed class SshNetFiles(SftpClient client) : IDisposable
{
    // rw-r--r--, the mode of a validator's tower; SFTP writes it in octal digits.
    private const short Mode = 644;

    /// <summary>Whether the connection is open.</summary>
    public bool IsConnected
    {
        get
        {
            try
            {
                return client.IsConnected;
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public Task<byte[]> ReadAsync(string path) => AskAsync(() => client.ReadAllBytes(path));

    public Task<bool> ExistsAsync(string path) => AskAsync(() => client.Exists(path));

    /// <summary>Creates or replaces a file.</summary>
    public Task WriteAsync(string path, byte[] bytes) => AskAsync(() =>
    {
        client.WriteAllBytes(path, bytes);
        client.ChangePermissions(path, Mode);
        return true;
    });

    /// <summary>Renames a file, and replaces a file of the new name in one step.</summary>
    public Task ReplaceAsync(string path, string newPath) => AskAsync(() =>
    {
        client.RenameFile(path, newPath, isPosix: true);
        return true;
    });

    /// <summary>Renames a file; fails if the new name exists.</summary>
    public Task MoveAsync(string path, string newPath) => AskAsync(() =>
    {
        client.RenameFile(path, newPath);
        return true;
    });

    public Task DeleteAsync(string path) => AskAsync(() =>
    {
        client.DeleteFile(path);
        return true;
    });

    public void Dispose() => client.Dispose();

    // SSH.NET's own asynchronous calls do not cover all of these. None of them runs during the gap.
    private static Task<T> AskAsync<T>(Func<T> ask) => Task.Run(() =>
    {
        try
        {
            return ask();
        }
        catch (SftpPathNotFoundException exception)
        {
            throw new FileNotFoundException(exception.Message, exception);
        }
        catch (SftpPermissionDeniedException exception)
        {
            throw new UnauthorizedAccessException(exception.Message, exception);
        }
        catch (Exception exception) when (exception is SshException or ObjectDisposedException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            throw new IOException(exception.Message, exception);
        }
    });
}
