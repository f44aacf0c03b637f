using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover.Shells;

/// <summary>
/// The one conversation that a coordinator has with a node: scripts are sent at once, in the order of the calls,
/// and executed one at a time. The node's validator host, identity link and tower transport share it, so that
/// their calls stay in order. It holds the node's lock, which ends with the conversation. While it holds the lock, it sends heartbeats. If none arrives for
/// <see cref="NodeShellOptions.Lease"/>, the node ends the conversation, and the lock is free.
/// </summary>
/// <remarks>
/// Thread-safe. The given shell is not disposed. After a lost connection the next script opens a new conversation. If the
/// lock was held, the new one begins after the running script has ended on the node; the scripts
/// after that one are not begun.
/// </remarks>
internal sealed class NodeShell : IAsyncDisposable
{
    private static readonly ShellScript PlainOpening = ShellScript.Create(
        $"""
        LC_ALL=C; export LC_ALL
        {NodeUptime.Greet}
        exec sh -s
        """);

    private readonly NodeShellOptions _options;
    private readonly TimeProvider _time;
    private readonly ObserverFeed _log;
    private readonly ILogger _logger;
    private readonly Channel<Func<Task>> _work = Channel.CreateUnbounded<Func<Task>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _loop;
    private ScriptLine? _line;
    private string? _holder;
    private bool _isHeld;
    private NodeUptime? _uptime;

    /// <summary>Creates the conversation; nothing is opened before the first script.</summary>
    /// <exception cref="InvalidSettingsException">An option is out of its bounds.</exception>
    public NodeShell(IShell shell, NodeShellOptions options, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(shell);
        ArgumentNullException.ThrowIfNull(options);
        InvalidSettingsException.ThrowIfAny(options.Validate());
        Shell = shell;
        _options = options;
        _time = timeProvider ?? TimeProvider.System;
        _log = new ObserverFeed(_time);
        _logger = BackgroundLogger.Behind(_log, loggerFactory, FailoverTelemetry.ShellLogCategory);
        _loop = WorkAsync();
    }

    /// <summary>The shell that opens its sessions.</summary>
    public IShell Shell { get; }

    /// <summary>The clock of the time limits.</summary>
    internal TimeProvider Time => _time;

    /// <summary>Ends the conversation after the scripts that were sent. The lock ends with it.</summary>
    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        if (_line is not null)
        {
            await _line.CloseAsync(_options.CloseTimeout).ConfigureAwait(false);
        }

        await _log.SettleAsync().ConfigureAwait(false);
    }

    /// <summary>Runs a script in the conversation.</summary>
    /// <param name="script">The script. It has no standard input, and what it prints must be text.</param>
    /// <param name="limit">How long it may take, from the answer to the previous script.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <param name="keepAs">A shell variable that keeps the script's output for later scripts; null for none.</param>
    /// <param name="within">The node begins only within this time from now, or not at all; null for no limit.</param>
    internal async Task<ScriptAnswer> RunAsync(ShellScript script, TimeSpan limit, CancellationToken cancellationToken, string? keepAs = null, TimeSpan? within = null)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ScriptAnswer.NotSent(CallFailure.Canceled, "the caller canceled before it was sent");
        }

        var request = new ScriptRequest(script, limit) { KeepAs = keepAs, Within = within, AskedAt = _time.GetTimestamp() };
        if (!_work.Writer.TryWrite(() => SendAsync(request)))
        {
            return ScriptAnswer.NotSent(CallFailure.Unreachable, "the node's shell was disposed");
        }

        var registration = cancellationToken.UnsafeRegister(
            static state => ((ScriptRequest)state!).Complete(ScriptAnswer.NoAnswer(CallFailure.Canceled, "the caller canceled")), request);
        await using (registration.ConfigureAwait(false))
        {
            return await request.Answer.ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Runs a script that only reads. After a lost connection it runs once more in a new conversation: the connection was often lost long before,
    /// and the loss is noticed only now.
    /// </summary>
    internal async Task<ScriptAnswer> ProbeAsync(ShellScript script, TimeSpan limit, CancellationToken cancellationToken)
    {
        var answer = await RunAsync(script, limit, cancellationToken).ConfigureAwait(false);
        return answer.Failure == CallFailure.ConnectionLost ? await RunAsync(script, limit, cancellationToken).ConfigureAwait(false) : answer;
    }

    /// <summary>How long the opening of a session may take.</summary>
    internal TimeSpan OpenTimeout => _options.OpenTimeout;

    /// <summary>Starts a script in a session of its own, as the same user, beside the conversation.</summary>
    /// <exception cref="ShellException">It could not be started.</exception>
    internal Task<IShellSession> StartAsync(ShellScript script, CancellationToken cancellationToken) =>
        Shell.StartAsync(AsUser(script), cancellationToken);

    /// <summary>Runs a script in a session of its own, as the same user, beside the conversation. Neither waits for the other, and the lock does not matter.</summary>
    /// <param name="script">The script. It has no standard input, and what it prints must be text.</param>
    /// <param name="limit">How long it may take after the session is open.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    internal async Task<ScriptAnswer> RunApartAsync(ShellScript script, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ScriptAnswer.NotSent(CallFailure.Canceled, "the caller canceled before it was sent");
        }

        ScriptLine line;
        try
        {
            line = await OpenPlainAsync().OrClosedLateAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ScriptAnswer.NotSent(CallFailure.Canceled, "the caller canceled before it was sent");
        }
        catch (ScriptLineRefusedException exception)
        {
            return ScriptAnswer.NotSent(PosixWords.Recognise(exception.Message), exception.Message);
        }
        catch (Exception exception)
        {
            // A shell of an embedder may throw anything. In any case nothing was sent.
            return ScriptAnswer.NotSent(CallFailure.Unreachable, exception.Message);
        }

        await using (line.ConfigureAwait(false))
        {
            var request = new ScriptRequest(script, limit) { MayLeaveProcesses = true };
            using var registration = cancellationToken.UnsafeRegister(
                static state => ((ScriptRequest)state!).Complete(ScriptAnswer.NoAnswer(CallFailure.Canceled, "the caller canceled")), request);
            await line.SendAsync(request).ConfigureAwait(false);
            return await request.Answer.ConfigureAwait(false);
        }
    }

    /// <summary>Takes the lock: ends the present conversation and opens one that holds it.</summary>
    internal Task<CallResult> LockAsync(string holder, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            var name = holder.ReplaceLineEndings(" ");
            if (_holder is not null)
            {
                return _holder == name ? await ReopenAsync().ConfigureAwait(false) ?? CallResult.Done() : CallResult.NotDone(CallFailure.LockHeld, _holder);
            }

            // The old conversation is answered to its end while the new one opens.
            var closing = CloseLineAsync();
            _holder = name;
            _isHeld = false;
            var failure = await OpenLineAsync().ConfigureAwait(false);
            await closing.ConfigureAwait(false);
            if (failure is not null)
            {
                _holder = null;
            }

            return failure ?? CallResult.Done();
        },
        cancellationToken);

    /// <summary>Releases the lock by ending the conversation that holds it, if this holder has it.</summary>
    internal Task<CallResult> UnlockAsync(string holder, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            if (_holder == holder.ReplaceLineEndings(" "))
            {
                _holder = null;
                _isHeld = false;
                await CloseLineAsync().ConfigureAwait(false);
            }

            return CallResult.Done();
        },
        cancellationToken);

    private async Task<CallResult?> ReopenAsync() =>
        _line is { IsUsable: true } ? null : await OpenLineAsync().ConfigureAwait(false);

    private async Task WorkAsync()
    {
        await foreach (var work in _work.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            await work().ConfigureAwait(false);
        }
    }

    private async Task<CallResult> AskAsync(Func<Task<CallResult>> ask, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<CallResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var accepted = _work.Writer.TryWrite(async () =>
        {
            try
            {
                answer.TrySetResult(await ask().ConfigureAwait(false));
            }
            catch (Exception exception)
            {
                answer.TrySetException(exception);
            }
        });

        if (!accepted)
        {
            return CallResult.NotDone(CallFailure.Unreachable, "the node's shell was disposed");
        }

        try
        {
            return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return CallResult.Unknown(CallFailure.Canceled, "the caller canceled");
        }
    }

    private async Task SendAsync(ScriptRequest request)
    {
        if (request.Answer.IsCompleted)
        {
            return;
        }

        try
        {
            if (await ReopenAsync().ConfigureAwait(false) is { } failure)
            {
                request.Complete(ScriptAnswer.NotSent(failure.Failure, failure.Detail ?? "the node's shell could not be opened"));
                return;
            }

            await _line!.SendAsync(request).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Nothing may end the loop: every caller must get an answer.
            request.Complete(ScriptAnswer.NoAnswer(CallFailure.ConnectionLost, exception.Message));
        }
    }

    private async Task<CallResult?> OpenLineAsync()
    {
        // While the lock is held, a suspension of this program counts across connections.
        if (_line is not null)
        {
            _uptime = _line.Uptime;
            await _line.DisposeAsync().ConfigureAwait(false);
            _line = null;
        }

        try
        {
            _line = await (_holder is null ? OpenPlainAsync() : OpenLockedAsync(_holder)).ConfigureAwait(false);
            _isHeld = _holder is not null;
            return null;
        }
        catch (ScriptLineRefusedException exception)
        {
            FailoverLog.NodeShellNotOpened(_logger, Shell.Name, exception.Message);
            return exception.Message.StartsWith(LeasedOpening.HeldBy, StringComparison.Ordinal) ? Held(exception.Message[LeasedOpening.HeldBy.Length..])
                : exception.Message.StartsWith(LeasedOpening.TakenOverBy, StringComparison.Ordinal) ? CallResult.NotDone(CallFailure.LockLost, exception.Message)
                : CallResult.NotDone(PosixWords.Recognise(exception.Message), exception.Message);
        }
        catch (Exception exception)
        {
            // A shell of an embedder may throw anything. In any case nothing was sent.
            FailoverLog.NodeShellNotOpened(_logger, Shell.Name, exception.Message);
            return CallResult.NotDone(CallFailure.Unreachable, exception.Message);
        }
    }

    private async Task CloseLineAsync()
    {
        if (_line is { } line)
        {
            _line = null;
            await line.CloseAsync(_options.CloseTimeout).ConfigureAwait(false);
        }
    }

    private Task<ScriptLine> OpenPlainAsync() => ScriptLine.OpenAsync(Shell, AsUser(PlainOpening), _options.OpenTimeout, beat: null, _time);

    private Task<ScriptLine> OpenLockedAsync(string holder)
    {
        var wait = _isHeld ? _options.LockTimeout : TimeSpan.Zero;
        var opening = LeasedOpening.Create(_options.LockFile, _options.Lease, holder, wait, isTakenAgain: _isHeld);
        return ScriptLine.OpenAsync(Shell, AsUser(opening), _options.OpenTimeout + wait, LeasedOpening.BeatInterval(_options.Lease), _time, before: _isHeld ? _uptime : null);
    }

    // A refused coordinator needs the holder, whether it is still alive, and what to do if it is not.
    private CallResult Held(string words)
    {
        var parts = words.Split(' ', 3);
        var (worker, since, holder) = parts.Length == 3 ? (parts[0], parts[1], parts[2]) : ("-", "-", words);
        var start = since == "-" ? "" : $" since {since}";
        var end = long.TryParse(worker, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            ? $"; to end it now, if that coordinator is gone, run there: {ForPeople(LeasedOpening.End(process))}"
            : "";
        return CallResult.NotDone(
            CallFailure.LockHeld,
            FormattableString.Invariant(
                $"{holder} (it has held {_options.LockFile} on {Shell.Name}{start}). The lock ends by itself {_options.Lease.TotalSeconds:0.###} s after that coordinator's last heartbeat{end}"));
    }

    private string ForPeople(ShellScript command) =>
        _options.RunAs is null ? command.Text : ShellScript.Create($"sudo -u {_options.RunAs} -- {command}").Text;

    private ShellScript AsUser(ShellScript script) => _options.RunAs is null
        ? script
        : ShellScript.Create($"exec sudo -n -u {_options.RunAs} -- sh -c {script.Text}");
}
