using System.Runtime.InteropServices;
using System.Text;

namespace Tachyon.Failover.Journal;

/// <summary>Flushes the list of names of a folder to stable storage; .NET has no call for that.</summary>
internal static class UnixFolder
{
    private const int ReadOnly = 0;
    private const int InputOutputError = 5;

    /// <summary>
    /// Does nothing on Windows, where a folder cannot be flushed and NTFS journals its names itself. Elsewhere it ignores a folder that
    /// cannot be read or whose file system has no such call, but not a disk error.
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
                throw new IOException($"The folder {folder} could not be flushed to stable storage: input/output error. Check the disk.");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    // DllImport, not LibraryImport: no marshalling is needed, and LibraryImport would require unsafe code.
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
