using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Shells.OpenSsh;
using Tachyon.Failover.Shells.Ssh;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover.Shells;

/// <summary>
/// Runs scripts on another machine with this machine's own <c>ssh</c>, so that <c>ssh_config</c> applies: jump hosts, agents, hardware
/// keys, certificates.
/// </summary>
/// <remarks>
/// <para>Thread-safe. Needs OpenSSH's client (8.0 or newer); it never asks for a password, a passphrase or a host key. Each session is an <c>ssh</c> process
/// with its own connection and login, so that the loss of one does not affect another; see <see cref="OpenSshShellOptions.AllowMultiplexing"/>.</para>
/// <para>A script that a signal ends is reported as the exit status 128 + the signal's number, as in a shell's <c>$?</c>. The message of <c>ssh</c> about a lost
/// connection is the last line of the standard error, and the reason in <see cref="IShellSession.Completion"/>.</para>
/// <para>Disposing a session ends the script's standard input, and within a second its <c>ssh</c> with all child processes. A signal that a terminal sends
/// to all its programs (Ctrl+C) does not reach it.</para>
/// </remarks>
public sealed class OpenSshShell : IShell
{
    private static readonly TimeSpan PatienceForWords = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<OpenSshProcess, Func<Task>> _running = new();
    private readonly CancellationTokenSource _disposing = new();
    private readonly OpenSshShellOptions _options;
    private readonly OpenSshCommand _command;
    private readonly TimeProvider _time;
    private readonly ObserverFeed _log;
    private readonly ILogger _logger;

    /// <summary>Creates the shell; nothing is started yet.</summary>
    /// <param name="options">Host and settings.</param>
    /// <param name="loggerFactory">For the shell's log; null for none. The log contains no input or output of scripts, and no secret.</param>
    /// <param name="timeProvider">For the time limits; null for the system's. <c>ssh</c> itself uses the system's.</param>
    /// <exception cref="InvalidSettingsException">Options are wrong; the message names all of them.</exception>
    public OpenSshShell(OpenSshShellOptions options, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = options.Copy();
        InvalidSettingsException.ThrowIfAny(options.Validate());
        _options = options;
        _command = new OpenSshCommand(options);
        _time = timeProvider ?? TimeProvider.System;
        _log = new ObserverFeed(_time);
        _logger = BackgroundLogger.Behind(_log, loggerFactory, FailoverTelemetry.ShellLogCategory);
        var address = options.Host.Contains(':', StringComparison.Ordinal) ? $"[{options.Host}]" : options.Host;
        Name = $"{(options.User is { } user ? $"{user}@" : "")}{address}{(options.Port is { } port ? $":{port}" : "")}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public async Task<IShellSession> StartAsync(ShellScript script, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(script);
        var bootstrap = ShellBootstrap.CreateSupervised();
        var process = Start(program => _command.Run(program, bootstrap.Command), cancellationToken);
        var session = new OpenSshSession(process, bootstrap, _time);
        await BeginAsync(process, session.CloseAsync, session.IsReady, () => session.Words, cancellationToken).ConfigureAwait(false);
        try
        {
            await session.StandardInput.WriteAsync(ShellBootstrap.Encode(script), CancellationToken.None).ConfigureAwait(false);
            await session.StandardInput.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            process.Kill();
            throw new ShellException(
                ShellFailure.Lost, Name, $"{Name}: the connection was lost while the script was sent, so it is unknown whether it ran: {exception.Message}", exception);
        }

        _ = WatchAsync(process, session);
        return session;
    }

    /// <inheritdoc/>
    /// <remarks>By its own <c>ssh -W</c>.</remarks>
    public async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        var process = Start(program => _command.Forward(program, host, port), cancellationToken);
        var forward = new OpenSshForward(process, _time);
        try
        {
            await BeginAsync(process, forward.CloseAsync, forward.IsOpen, () => forward.Words, cancellationToken).ConfigureAwait(false);
            return forward;
        }
        catch (ShellException exception) when (exception.Failure == ShellFailure.ChannelRefused)
        {
            throw new ShellException(
                ShellFailure.Unreachable,
                Name,
                $"{Name}: no connection from there to {host}:{port} ({forward.Words.ReplaceLineEndings(" ").Trim()}). Remedy: check that a program listens there, and that the host's "
                    + "sshd_config allows TCP forwarding (AllowTcpForwarding, PermitOpen).",
                exception);
        }
    }

    /// <summary>Ends all sessions and waits until their processes have ended. May be repeated.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running.Select(running => running.Value())).ConfigureAwait(false);
        await _log.SettleAsync().ConfigureAwait(false);
    }

    private OpenSshProcess Start(Func<string, ProcessStartInfo> call, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposing.IsCancellationRequested, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (_options.IdentityFile is { } key && !File.Exists(key) && !File.Exists(key + ".pub"))
        {
            throw Failed(ShellFailure.KeyFileUnusable, $"there is no key file {key}. Remedy: give the path of a private key, or of its public half without .pub if an agent holds the key");
        }

        var program = Programs.Find(_options.Program) ?? throw Failed(
            ShellFailure.ProgramUnusable,
            $"the program {_options.Program} was not found. Remedy: install OpenSSH's client (apt-get install openssh-client), or give its path as {nameof(OpenSshShellOptions.Program)}");
        try
        {
            return OpenSshProcess.Start(call(program));
        }
        catch (Win32Exception exception)
        {
            throw Failed(ShellFailure.ProgramUnusable, $"{program} could not be started: {exception.Message}. Remedy: check that this user may run it", exception);
        }
    }

    /// <summary>Waits until the session is open. If it does not open, its process is ended and its output explained.</summary>
    private async Task BeginAsync(OpenSshProcess process, Func<Task> close, Task<bool> ready, Func<string> words, CancellationToken cancellationToken)
    {
        _running.TryAdd(process, close);
        _ = ForgetAsync(process);
        using var limit = new CancellationTokenSource(_options.StartTimeout, _time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token, _disposing.Token);
        try
        {
            if (await ready.WaitAsync(any.Token).ConfigureAwait(false))
            {
                return;
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            cancellationToken.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_disposing.IsCancellationRequested, this);
        }

        var exited = await Task.WhenAny(process.Exited, _time.DelayAsync(PatienceForWords, CancellationToken.None)).ConfigureAwait(false) == process.Exited;
        process.Kill();
        var code = await process.Exited.ConfigureAwait(false);
        var (failure, explanation) = OpenSshWords.Explain(words(), _options, exited && !limit.IsCancellationRequested ? code : null);
        throw Failed(failure, explanation);
    }

    private async Task ForgetAsync(OpenSshProcess process)
    {
        await process.Exited.ConfigureAwait(false);
        _running.TryRemove(process, out _);
    }

    private async Task WatchAsync(OpenSshProcess process, OpenSshSession session)
    {
        FailoverLog.ShellReached(_logger, Name, process.Id);
        var exit = await session.Completion.ConfigureAwait(false);
        if (exit.IsLost && !process.IsKilled)
        {
            FailoverLog.ShellConnectionLost(_logger, Name, exit.LostReason!);
        }
    }

    private ShellException Failed(ShellFailure failure, string what, Exception? exception = null)
    {
        FailoverLog.ShellNotConnected(_logger, Name, what);
        return new ShellException(failure, Name, $"{Name}: {what}.", exception);
    }
}
