using System.ComponentModel;
using System.Diagnostics;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Shells.OpenSsh;

/// <summary>A running <c>ssh</c>.</summary>
internal sealed class OpenSshProcess
{
    private readonly Process _process;
    private int _isClosed;

    private OpenSshProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        Input = process.StandardInput.BaseStream;
        Output = process.StandardOutput.BaseStream;
        Error = process.StandardError.BaseStream;
        Exited = WatchAsync();
    }

    public int Id { get; }

    public Stream Input { get; }

    public Stream Output { get; }

    public Stream Error { get; }

    /// <summary>Its exit code, after it has ended. Never faults.</summary>
    public Task<int> Exited { get; }

    /// <summary>Whether <see cref="Kill"/> ended it.</summary>
    public bool IsKilled { get; private set; }

    /// <exception cref="Win32Exception">It could not be started.</exception>
    public static OpenSshProcess Start(ProcessStartInfo start)
    {
        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            return new OpenSshProcess(process);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Kills it and all that it started, such as the <c>ssh</c> of a jump host or a proxy command. May be repeated.</summary>
    public void Kill()
    {
        if (Exited.IsCompleted)
        {
            return;
        }

        IsKilled = true;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has just ended.
        }
    }

    /// <summary>Closes the input, and kills the process after the given time. Earlier writes are sent before.</summary>
    public async Task CloseAsync(TimeSpan patience, TimeProvider time)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            try
            {
                await Input.DisposeAsync().ConfigureAwait(false);
            }
            catch (IOException)
            {
                // It has ended.
            }

            using var exited = new CancellationTokenSource();
            await Task.WhenAny(Exited, time.DelayAsync(patience, exited.Token)).ConfigureAwait(false);
            await exited.CancelAsync().ConfigureAwait(false);
            Kill();
            await Exited.ConfigureAwait(false);
            await Output.DisposeAsync().ConfigureAwait(false);
            await Error.DisposeAsync().ConfigureAwait(false);
        }

        await Exited.ConfigureAwait(false);
    }

    private async Task<int> WatchAsync()
    {
        using (_process)
        {
            await _process.WaitForExitAsync().ConfigureAwait(false);
            return _process.ExitCode;
        }
    }
}
