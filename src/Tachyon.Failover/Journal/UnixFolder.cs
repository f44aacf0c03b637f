using System.Runtime.InteropServices;
using System.Text;

namespace Tachyon.Failover.Journal;

/// <summary>Puts a folder's list of names on stable storage, for which .NET has no call.</summary>
internal static class UnixFolder
{
    private const int ReadOnly = 0;
    private const int InputOutputError = 5;

    /// <summary>
    /// Does nothing on Windows, where a folder cannot be flushed and NTFS journals its names by itself. Elsewhere a folder that
    /// may not be read, or whose file system has no such call, is let pass; a disk that fails is not.
    /// </summary>
    /// <exception cref="IOException">The disk has failed.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(Encoding.UTF8.GetBytes(folder + "\0"), ReadOnly);
        if (descriptor < 0)
        {
            return;
        }

        try
        {
            if (Fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() == InputOutputError)
            {
                throw new IOException($"The folder {folder} could not be put on stable storage: input/output error. Check the disk.");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    // DllImport, not LibraryImport: nothing here needs marshalling, and the latter would need unsafe code.
#pragma warning disable SYSLIB1054
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
#pragma warning restore SYSLIB1054
}
