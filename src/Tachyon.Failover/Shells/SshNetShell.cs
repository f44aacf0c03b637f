using Microsoft.Extensions.Logging;
using Tachyon.Failover.Shells.Ssh;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover.Shells;

/// <summary>Runs scripts on another machine over SSH, logging in with a key.</summary>
/// <remarks>
/// <para>Thread-safe. Sessions share one connection, each on a channel of its own (an OpenSSH server allows 10 unless <c>MaxSessions</c> is set
/// otherwise; the connection uses one of them to check that the host is alive).</para>
/// <para>A connection that breaks, or whose host is silent for <see cref="SshNetShellOptions.DeadPeerLimit"/>, ends all of its sessions as lost;
/// earlier output can still be read. The next start opens another connection.</para>
/// <para>For each stream that <see cref="ConnectAsync"/> has open, the minimum of the process's thread pool is one higher: <see cref="SshNetShellOptions.GrowsThreadPool"/>.</para>
/// <para>Unread output stays in memory: SSH.NET accepts all that the host sends. Standard output ends with the channel, so a
/// script that closes its output early is noticed only at its end.</para>
/// </remarks>
public sealed class SshNetShell : IShell
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _disposing = new();
    private readonly SshNetConnector _connector;
    private readonly ObserverFeed _log;
    private Task<SshNetConnection>? _connection;

    /// <summary>Creates the shell; nothing is connected yet.</summary>
    /// <param name="options">Host and settings.</param>
    /// <param name="loggerFactory">For the shell's own log and that of SSH.NET; null for none. Neither logs the input or output of scripts
    /// above level Trace, or any secret.</param>
    /// <param name="timeProvider">For the time limits; null for the system's.</param>
    /// <exception cref="InvalidSettingsException">Options are wrong; the message names all of them.</exception>
    public SshNetShell(SshNetShellOptions options, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = options.Copy();
        InvalidSettingsException.ThrowIfAny(options.Validate());
        var address = options.Host.Contains(':', StringComparison.Ordinal) ? $"[{options.Host}]" : options.Host;
        Name = $"{options.User}@{address}:{options.Port}";
        var time = timeProvider ?? TimeProvider.System;
        _log = new ObserverFeed(time);
        var logger = BackgroundLogger.Behind(_log, loggerFactory, FailoverTelemetry.ShellLogCategory);
        _connector = new SshNetConnector(options, Name, time, logger, BackgroundLoggerFactory.Behind(_log, loggerFactory));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public async Task<IShellSession> StartAsync(ShellScript script, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(script);
        return await OnConnectionAsync(connection => connection.StartAsync(script, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Through a port on 127.0.0.1 of this machine, open as long as the stream. If the host refuses the connection late, after a
    /// script would have been started and ended there, the stream ends.
    /// </remarks>
    public async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        return await OnConnectionAsync(connection => connection.ConnectAsync(host, port, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens the host's files by SFTP, over their own connection, which the caller disposes.</summary>
    /// <exception cref="ShellException">The host cannot be reached, does not prove its identity, or refuses the login.</exception>
    internal Task<SshNetFiles> OpenFilesAsync(CancellationToken cancellationToken) => _connector.OpenFilesAsync(cancellationToken);

    /// <summary>Closes all sessions and the connection. May be repeated.</summary>
    public async ValueTask DisposeAsync()
    {
        Task<SshNetConnection>? connecting;
        lock (_lock)
        {
            connecting = _connection;
            _connection = null;
            if (_disposing.IsCancellationRequested)
            {
                return;
            }
        }

        await _disposing.CancelAsync().ConfigureAwait(false);
        if (connecting is null)
        {
            return;
        }

        try
        {
            var connection = await connecting.ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ShellException or OperationCanceledException)
        {
            // There was no connection.
        }

        await _log.SettleAsync().ConfigureAwait(false);
    }

    private async Task<T> OnConnectionAsync<T>(Func<SshNetConnection, Task<T>> act, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (connecting, isNew) = GetConnection();
        var connection = await AwaitAsync(connecting, cancellationToken).ConfigureAwait(false);
        try
        {
            return await act(connection).ConfigureAwait(false);
        }
        catch (SshConnectionLostException) when (!isNew && !_disposing.IsCancellationRequested)
        {
            // The connection was lost before, and the loss is noticed only now. Nothing has run, so a new connection may be used.
        }
        catch (SshConnectionLostException exception)
        {
            throw NotRun(exception);
        }

        connection = await AwaitAsync(GetConnection().Connecting, cancellationToken).ConfigureAwait(false);
        try
        {
            return await act(connection).ConfigureAwait(false);
        }
        catch (SshConnectionLostException exception)
        {
            throw NotRun(exception);
        }
    }

    private (Task<SshNetConnection> Connecting, bool IsNew) GetConnection()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposing.IsCancellationRequested, this);
            var isNew = _connection is null or { IsCanceled: true } or { IsFaulted: true } || _connection is { IsCompletedSuccessfully: true, Result.IsLost: true };
            return (isNew ? _connection = _connector.ConnectAsync(_disposing.Token) : _connection!, isNew);
        }
    }

    // The connection attempt is shared, so one caller's cancellation does not end it for the others.
    private async Task<SshNetConnection> AwaitAsync(Task<SshNetConnection> connecting, CancellationToken cancellationToken)
    {
        try
        {
            return await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_disposing.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(Name, "The shell was disposed while it was connecting.");
        }
    }

    private ShellException NotRun(SshConnectionLostException exception) => new(
        ShellFailure.Unreachable, Name, $"{Name}: the connection was lost before anything was started: {exception.Message}", exception);
}
