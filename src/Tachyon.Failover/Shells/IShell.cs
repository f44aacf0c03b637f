namespace Tachyon.Failover.Shells;

/// <summary>
/// A way to run POSIX <c>sh</c> scripts on one host: a child process here, an SSH connection to another machine, or the
/// embedder's own.
/// </summary>
/// <remarks>
/// Thread-safe: several sessions may run side by side. A shell connects when it is first needed, and again for
/// the next session after a lost connection.
/// Disposing it ends its sessions; the scripts then see the end of their standard input.
/// </remarks>
public interface IShell : IAsyncDisposable
{
    /// <summary>The shell's name in messages, for example <c>sol@a.example:22</c>. Never holds a secret.</summary>
    string Name { get; }

    /// <summary>Starts a script with its three standard streams open, binary-clean, until the session is disposed.</summary>
    /// <param name="script">The script. <c>sh -c</c> runs it, independently of the user's login shell.</param>
    /// <param name="cancellationToken">Cancels the start. A session that has started is not affected.</param>
    /// <returns>The running script.</returns>
    /// <exception cref="ShellException">The host cannot be reached, does not prove its identity, or refuses the login;
    /// <see cref="ShellException.Failure"/> tells which. The script has not run.</exception>
    Task<IShellSession> StartAsync(ShellScript script, CancellationToken cancellationToken = default);

    /// <summary>
    /// Opens a byte stream to a TCP port as the host sees it. So it reaches a validator's RPC that listens on 127.0.0.1
    /// only.
    /// </summary>
    /// <param name="host">The name or address, resolved on the shell's host.</param>
    /// <param name="port">The TCP port, 1 to 65535.</param>
    /// <param name="cancellationToken">Cancels the opening; an open stream is not affected.</param>
    /// <exception cref="ShellException">The shell's host cannot be reached, or nothing listens there.</exception>
    Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken = default);
}
