namespace Tachyon.Failover.Shells;

/// <summary>A script that runs on a host, with its standard streams.</summary>
/// <remarks>
/// The three streams may be used side by side; each of them by one caller at a time. Disposing the session closes the
/// streams and the channel and does not wait for the script, which sees the end of its standard input.
/// </remarks>
public interface IShellSession : IAsyncDisposable
{
    /// <summary>
    /// The script's standard input. Bytes are passed on unchanged and at once after a flush. Closing the stream is the
    /// end of file for the script. Writing after the connection was lost throws <see cref="IOException"/>.
    /// </summary>
    Stream StandardInput { get; }

    /// <summary>The script's standard output. It ends when the script has closed it or the connection is lost;
    /// <see cref="Completion"/> tells which.</summary>
    Stream StandardOutput { get; }

    /// <summary>The script's standard error. It ends as <see cref="StandardOutput"/> does.</summary>
    Stream StandardError { get; }

    /// <summary>How the script ended. Completes once, never faults and is never canceled.</summary>
    Task<ShellExit> Completion { get; }
}
