using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Tachyon.Failover.Journal;

/// <summary>Probes a file before it is opened for good: to open a pipe would wait for its other end, and no cancellation ends that.</summary>
internal static class RegularFile
{
    private const int NonBlockingOnLinux = 0x800;
    private const int NonBlockingElsewhere = 0x4;

    /// <summary>Does nothing if there is no such file, or if it may not be opened: the one who opens it learns that.</summary>
    /// <exception cref="IOException">It is no regular file, or is larger than that.</exception>
    public static void Require(string path, long most)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return;
        }

        using var handle = new SafeFileHandle(Open(Encoding.UTF8.GetBytes(path + "\0"), OperatingSystem.IsLinux() ? NonBlockingOnLinux : NonBlockingElsewhere), ownsHandle: true);
        if (handle.IsInvalid)
        {
            return;
        }

        using var file = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        if (!file.CanSeek)
        {
            throw new IOException($"{path} is no regular file. Name a file.");
        }

        if (file.Length > most)
        {
            throw new IOException($"{path} has {file.Length >> 20} MiB, more than {most >> 20} MiB. Move it aside to start a new one.");
        }
    }

    // DllImport, not LibraryImport: no marshalling is needed, and LibraryImport would require unsafe code.
#pragma warning disable SYSLIB1054
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);
#pragma warning restore SYSLIB1054
}
