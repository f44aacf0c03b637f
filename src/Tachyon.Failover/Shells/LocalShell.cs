using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;

namespace Tachyon.Failover.Shells;

/// <summary>Runs scripts on this machine: each is a child process <c>sh -c</c> of the same user.</summary>
/// <remarks>
/// <para>Thread-safe. Linux and macOS, with <c>/bin/sh</c>; on Windows it needs an <c>sh</c> in the PATH (Git for Windows has one). An <c>sh</c> in the current folder is never run.</para>
/// <para>A script that a signal ends is reported as the exit status 128 + the signal's number, as in a shell's <c>$?</c>:
/// .NET does not tell the two apart, and guessing would call <c>exit 137</c> a kill.</para>
/// <para>Disposing a session, or the shell, closes the streams. It kills nothing and does not wait: a script that does not read its standard
/// input runs to its end, and <see cref="IShellSession.Completion"/> still reports it.</para>
/// </remarks>
public sealed class LocalShell : IShell
{
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly ConcurrentDictionary<LocalShellSession, byte> _sessions = new();
    private volatile bool _isDisposed;

    /// <summary>Creates the shell; nothing is started.</summary>
    /// <param name="name">Its name in messages.</param>
    /// <param name="environment">Additional environment variables for the scripts; null for none.</param>
    public LocalShell(string name = "local", IReadOnlyDictionary<string, string>? environment = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        _environment = environment ?? new Dictionary<string, string>();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    /// <exception cref="ShellException">There is no <c>sh</c>, or the script is longer than an argument may be (128 KiB on Linux).</exception>
    public Task<IShellSession> StartAsync(ShellScript script, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(script);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IShellSession>(Start(script));
    }

    /// <inheritdoc/>
    public async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new ShellException(ShellFailure.Unreachable, Name, $"{Name}: no connection to {host}:{port}: {exception.Message}", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Closes the streams of all sessions. May be repeated.</summary>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        foreach (var session in _sessions.Keys)
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }

    private LocalShellSession Start(ShellScript script)
    {
        var start = new ProcessStartInfo(Programs.Find("sh") ?? throw NotStarted("there is none"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script.Text);
        foreach (var (variable, value) in _environment)
        {
            start.Environment[variable] = value;
        }

        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            process.Dispose();
            throw NotStarted(exception.Message.TrimEnd('.'), exception);
        }

        var session = new LocalShellSession(process);
        _sessions.TryAdd(session, 0);
        _ = ForgetAsync(session);
        return session;
    }

    private ShellException NotStarted(string why, Exception? exception = null)
    {
        var remedy = OperatingSystem.IsWindows()
            ? "put the sh of Git for Windows into the PATH, or run the scripts on another machine over SSH"
            : "check that this user may run /bin/sh, and that the script is shorter than 128 KiB";
        return new ShellException(ShellFailure.ChannelRefused, Name, $"{Name}: sh could not be started: {why}. Remedy: {remedy}.", exception);
    }

    private async Task ForgetAsync(LocalShellSession session)
    {
        await session.Completion.ConfigureAwait(false);
        _sessions.TryRemove(session, out _);
    }
}
