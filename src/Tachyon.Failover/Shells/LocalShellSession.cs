using System.Diagnostics;

namespace Tachyon.Failover.Shells;

/// <summary>A child process with its streams.</summary>
internal sealed class LocalShellSession : IShellSession
{
    public LocalShellSession(Process process)
    {
        // The streams below the writer and readers: those would decode and buffer.
        StandardInput = process.StandardInput.BaseStream;
        StandardOutput = process.StandardOutput.BaseStream;
        StandardError = process.StandardError.BaseStream;
        Completion = WatchAsync(process);
    }

    public Stream StandardInput { get; }

    public Stream StandardOutput { get; }

    public Stream StandardError { get; }

    public Task<ShellExit> Completion { get; }

    public async ValueTask DisposeAsync()
    {
        await StandardInput.DisposeAsync().ConfigureAwait(false);
        await StandardOutput.DisposeAsync().ConfigureAwait(false);
        await StandardError.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<ShellExit> WatchAsync(Process process)
    {
        using (process)
        {
            try
            {
                await process.WaitForExitAsync().ConfigureAwait(false);
                return ShellExit.Exited(process.ExitCode);
            }
            catch (InvalidOperationException exception)
            {
                return ShellExit.Lost($"the operating system does not report how the script ended: {exception.Message}");
            }
        }
    }
}
