using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using Renci.SshNet;
using Renci.SshNet.Common;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover.Shells.Ssh;

/// <summary>One logged-in connection with its sessions. A lost connection stays lost; the shell opens another.</summary>
internal sealed class SshNetConnection : IAsyncDisposable
{
    private const int LongestWords = 400;
    private static readonly TimeSpan PatienceForWords = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceForClosing = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<SshNetSession, byte> _sessions = new();
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _lostToken = new();
    private readonly SshClient _client;
    private readonly SshNetShellOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private Task _beating = Task.CompletedTask;
    private Task _closing = Task.CompletedTask;
    private long _heardAt;

    public SshNetConnection(SshClient client, SshNetShellOptions options, string name, TimeProvider time, ILogger logger)
    {
        _client = client;
        _options = options;
        Name = name;
        _time = time;
        _logger = logger;
        _client.ErrorOccurred += (_, error) => Lose(error.Exception.Message.TrimEnd('.'));
        Hear();
    }

    public string Name { get; }

    /// <summary>Completes with the reason when the connection is lost, or closed by this side.</summary>
    public Task<string> Lost => _lost.Task;

    public bool IsLost => _lost.Task.IsCompleted;

    /// <summary>When the host sent its last heartbeat.</summary>
    public long HeardAt => Volatile.Read(ref _heardAt);

    /// <summary>Records a heartbeat.</summary>
    public void Hear() => Volatile.Write(ref _heardAt, _time.GetTimestamp());

    /// <summary>Starts the heartbeat, which detects a silent peer. Channels may open meanwhile, but scripts start only after its first beat.</summary>
    public void BeginKeepAlive() => _beating = KeepAliveAsync();

    /// <summary>Starts a script.</summary>
    /// <exception cref="SshConnectionLostException">The connection is lost, and the script has not run.</exception>
    /// <exception cref="ShellException">The script was not started. With <see cref="ShellFailure.Lost"/> it is unknown whether it ran.</exception>
    public async Task<SshNetSession> StartAsync(ShellScript script, CancellationToken cancellationToken)
    {
        var opening = OpenAsync(cancellationToken);
        try
        {
            await _beating.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Late.CloseLate(opening);
            throw;
        }

        return await SendAsync(script, await opening.ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Opens a stream to a port as the host sees it.</summary>
    /// <exception cref="SshConnectionLostException">The connection is lost.</exception>
    /// <exception cref="ShellException">Nothing listens there.</exception>
    public async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        ThrowIfLost();
        try
        {
            return await ForwardedStream.OpenAsync(_client, this, _options.GrowsThreadPool, host, port, AnswerAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SshException or ObjectDisposedException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            LoseIfGone(exception);
            ThrowIfLost();
            throw new ShellException(ShellFailure.ChannelRefused, Name, $"{Name}: no port could be forwarded to {host}:{port}: {exception.Message}", exception);
        }
    }

    /// <summary>Declares the connection lost: all sessions end now, even if SSH.NET still waits.</summary>
    public void Lose(string reason)
    {
        if (_lost.TrySetResult(reason))
        {
            FailoverLog.ShellConnectionLost(_logger, Name, reason);
            Close(reason);
        }
    }

    /// <summary>Closes all sessions, then the connection. Does not wait for a host that no longer reads.</summary>
    public async ValueTask DisposeAsync()
    {
        var sessions = Task.WhenAll(_sessions.Keys.Select(session => session.DisposeAsync().AsTask()));
        await Task.WhenAny(sessions, _time.DelayAsync(PatienceForClosing)).ConfigureAwait(false);
        if (_lost.TrySetResult("the shell was disposed"))
        {
            Close("the shell was disposed");
        }

        await Task.WhenAny(_closing, _time.DelayAsync(PatienceForClosing)).ConfigureAwait(false);
    }

    private async Task KeepAliveAsync()
    {
        try
        {
            var session = await SendAsync(SshHeartbeat.Script, await OpenAsync(CancellationToken.None).ConfigureAwait(false)).ConfigureAwait(false);
            _ = new SshHeartbeat(this, session, _options, _time).RunAsync(_lostToken.Token);
        }
        catch
        {
            Lose("the connection could not be used");
            throw;
        }
    }

    private async Task<SshNetSession> SendAsync(ShellScript script, SshNetSession session)
    {
        try
        {
            await session.StandardInput.WriteAsync(ShellBootstrap.Encode(script), CancellationToken.None).ConfigureAwait(false);
            return session;
        }
        catch (IOException exception)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw new ShellException(
                ShellFailure.Lost, Name, $"{Name}: the connection was lost while the script was sent, so it is unknown whether it ran: {exception.Message}", exception);
        }
    }

    private async Task<SshNetSession> OpenAsync(CancellationToken cancellationToken)
    {
        ThrowIfLost();
        using var limit = new CancellationTokenSource(_options.StartTimeout, _time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token, _lostToken.Token);
        var opening = Task.Factory.StartNew(OpenChannel, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        SshNetSession? session = null;
        try
        {
            session = await opening.OrClosedLateAsync(any.Token).ConfigureAwait(false);
            if (!await session.IsReady.WaitAsync(any.Token).ConfigureAwait(false))
            {
                ThrowIfLost();
                throw new ShellException(ShellFailure.ChannelRefused, Name, await WhyNotReadyAsync(session).ConfigureAwait(false));
            }

            return session;
        }
        catch (Exception exception)
        {
            Late.CloseLate(opening);
            cancellationToken.ThrowIfCancellationRequested();
            LoseIfGone(exception);
            ThrowIfLost();
            throw exception switch
            {
                OperationCanceledException => NotStarted(FormattableString.Invariant($"the host did not start sh within {_options.StartTimeout.TotalSeconds:0.###} s"), exception),
                ShellException or SshConnectionLostException => exception,
                _ => NotStarted($"the host opens no channel ({exception.Message.TrimEnd('.')})", exception),
            };
        }
    }

    private SshNetSession OpenChannel()
    {
        var session = SshNetSession.Open(_client, this);
        _sessions.TryAdd(session, 0);
        _ = ForgetAsync(session);
        if (IsLost)
        {
            session.End(_lost.Task.Result);
        }

        return session;
    }

    private async Task ForgetAsync(SshNetSession session)
    {
        await session.Completion.ConfigureAwait(false);
        _sessions.TryRemove(session, out _);
    }

    private ShellException NotStarted(string what, Exception exception) => new(
        ShellFailure.ChannelRefused,
        Name,
        $"{Name}: {what}. The script has not run. Remedy: raise MaxSessions in the host's sshd_config if many sessions are open, and check that the user "
            + "may run commands (no ForceCommand, no restricted login shell).",
        exception);

    private async Task<string> WhyNotReadyAsync(SshNetSession session)
    {
        var exit = await session.Completion.ConfigureAwait(false);
        var words = $"{await ReadWordsAsync(session.StandardOutput).ConfigureAwait(false)} {await ReadWordsAsync(session.StandardError).ConfigureAwait(false)}".Trim();
        return $"{Name}: the host did not start sh ({exit}{(words.Length == 0 ? "" : $"; its output: {words}")}). The script has not run. "
            + "Remedy: give the user a login shell that runs commands, and check that sh is in its PATH.";
    }

    private async Task<string> ReadWordsAsync(Stream stream)
    {
        var buffer = new byte[LongestWords];
        try
        {
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false).AsTask().WaitAsync(PatienceForWords, _time).ConfigureAwait(false);
            return Encoding.UTF8.GetString(buffer, 0, length).ReplaceLineEndings(" ").Trim();
        }
        catch (TimeoutException)
        {
            return "";
        }
    }

    // A script that was started and ended shows that all earlier requests were handled.
    private async Task AnswerAsync(CancellationToken cancellationToken)
    {
        var session = await StartAsync(ShellScript.Create($"exit"), cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // A send may notice the loss before the reading thread does.
    private void LoseIfGone(Exception exception)
    {
        if (exception is SshConnectionException or ObjectDisposedException || !IsConnected)
        {
            Lose(exception.Message.TrimEnd('.'));
        }
    }

    private bool IsConnected
    {
        get
        {
            try
            {
                return _client.IsConnected;
            }
            catch (ObjectDisposedException)
            {
                // Another session has noticed the loss at the same time, and closed it.
                return false;
            }
        }
    }

    private void ThrowIfLost()
    {
        if (IsLost)
        {
            throw new SshConnectionLostException(_lost.Task.Result);
        }
    }

    private void Close(string reason)
    {
        foreach (var session in _sessions.Keys)
        {
            session.End(reason);
        }

        _lostToken.Cancel();

        // On a separate thread: it waits for a lock that a send to a silent peer may hold until TCP times out.
        _closing = Task.Factory.StartNew(CloseClient, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void CloseClient()
    {
        try
        {
            _client.Dispose();
        }
        catch (Exception exception) when (exception is SshException or ObjectDisposedException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            FailoverLog.ShellCloseFailed(_logger, Name, exception.Message);
        }
    }
}
