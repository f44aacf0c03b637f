using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover.Shells;

/// <summary>
/// The one conversation that a coordinator has with a node: scripts are sent at once, in the order in which they were asked
/// for, and carried out one at a time. The node's validator host, identity link and tower transport share it, which is what keeps
/// their calls in order; and the node's lock is held by it, so that it goes when the conversation goes.
/// </summary>
/// <remarks>
/// Thread-safe. The shell given is not disposed. After a lost connection the next script opens a new conversation; when the
/// lock was held, that one begins only once what was running has come to its end on the node; what was sent
/// behind it is not begun any more.
/// </remarks>
public sealed class NodeShell : IAsyncDisposable
{
    private const string HeldBy = "held by ";
    private const string TakenOverBy = "taken over by ";

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

    /// <summary>Makes the conversation; nothing is opened before the first script.</summary>
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
        _logger = LateLogger.Behind(_log, loggerFactory, FailoverTelemetry.ShellLogCategory);
        _loop = WorkAsync();
    }

    /// <summary>The shell that carries it.</summary>
    public IShell Shell { get; }

    /// <summary>Ends the conversation after what it was asked. The lock goes with it.</summary>
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
    /// <param name="limit">How long it may take, from the answer to the script before it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <param name="keepAs">A shell variable in which what the script prints is kept, for scripts that are sent behind it; null for none.</param>
    /// <param name="within">The time from now within which the node is to begin with it, or not at all; null for whenever it arrives.</param>
    internal async Task<ScriptAnswer> RunAsync(ShellScript script, TimeSpan limit, CancellationToken cancellationToken, string? keepAs = null, TimeSpan? within = null)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ScriptAnswer.NotSent(CallFailure.Cancelled, "the caller gave up before it was sent");
        }

        var request = new ScriptRequest(script, limit) { KeepAs = keepAs, Within = within, AskedAt = _time.GetTimestamp() };
        if (!_work.Writer.TryWrite(() => SendAsync(request)))
        {
            return ScriptAnswer.NotSent(CallFailure.Unreachable, "the node's shell was disposed");
        }

        var registration = cancellationToken.UnsafeRegister(
            static state => ((ScriptRequest)state!).Complete(ScriptAnswer.NoAnswer(CallFailure.Cancelled, "the caller gave up")), request);
        await using (registration.ConfigureAwait(false))
        {
            return await request.Answer.ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Runs a script that only looks. If the connection is lost it is run once more in a new conversation: often it was lost long before, and is
    /// noticed only now.
    /// </summary>
    internal async Task<ScriptAnswer> LookAsync(ShellScript script, TimeSpan limit, CancellationToken cancellationToken)
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

    /// <summary>Runs a script in a session of its own, as the same user, beside the conversation: neither waits for the other, and the lock is of no concern.</summary>
    /// <param name="script">The script. It has no standard input, and what it prints must be text.</param>
    /// <param name="limit">How long it may take once the session stands.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    internal async Task<ScriptAnswer> RunApartAsync(ShellScript script, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ScriptAnswer.NotSent(CallFailure.Cancelled, "the caller gave up before it was sent");
        }

        ScriptLine line;
        try
        {
            line = await ScriptLine.OpenAsync(Shell, AsUser(PlainOpening), _options.OpenTimeout, _time).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ScriptAnswer.NotSent(CallFailure.Cancelled, "the caller gave up before it was sent");
        }
        catch (ScriptLineRefusedException exception)
        {
            return ScriptAnswer.NotSent(PosixWords.Recognise(exception.Message), exception.Message);
        }
        catch (Exception exception)
        {
            // A shell of an embedder may throw anything: whatever it is, nothing was sent.
            return ScriptAnswer.NotSent(CallFailure.Unreachable, exception.Message);
        }

        await using (line.ConfigureAwait(false))
        {
            var request = new ScriptRequest(script, limit);
            using var registration = cancellationToken.UnsafeRegister(
                static state => ((ScriptRequest)state!).Complete(ScriptAnswer.NoAnswer(CallFailure.Cancelled, "the caller gave up")), request);
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

            await CloseLineAsync().ConfigureAwait(false);
            _holder = name;
            _isHeld = false;
            var failure = await OpenLineAsync().ConfigureAwait(false);
            if (failure is not null)
            {
                _holder = null;
            }

            return failure ?? CallResult.Done();
        },
        cancellationToken);

    /// <summary>Gives the lock back by ending the conversation that holds it, if that is this holder's.</summary>
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
            return CallResult.Unknown(CallFailure.Cancelled, "the caller gave up");
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
        // As long as the lock is held, a standstill of this program counts across connections.
        if (_line is not null)
        {
            _uptime = _line.Uptime;
            await _line.DisposeAsync().ConfigureAwait(false);
            _line = null;
        }

        try
        {
            var wait = _isHeld ? _options.LockTimeout : TimeSpan.Zero;
            _line = await ScriptLine.OpenAsync(Shell, AsUser(Opening(wait)), _options.OpenTimeout + wait, _time, before: _isHeld ? _uptime : null).ConfigureAwait(false);
            _isHeld = _holder is not null;
            return null;
        }
        catch (ScriptLineRefusedException exception)
        {
            FailoverLog.NodeShellNotOpened(_logger, Shell.Name, exception.Message);
            return exception.Message.StartsWith(HeldBy, StringComparison.Ordinal) ? CallResult.NotDone(CallFailure.LockHeld, exception.Message[HeldBy.Length..])
                : exception.Message.StartsWith(TakenOverBy, StringComparison.Ordinal) ? CallResult.NotDone(CallFailure.LockLost, exception.Message)
                : CallResult.NotDone(PosixWords.Recognise(exception.Message), exception.Message);
        }
        catch (Exception exception)
        {
            // A shell of an embedder may throw anything: whatever it is, nothing was sent.
            FailoverLog.NodeShellNotOpened(_logger, Shell.Name, exception.Message);
            return CallResult.NotDone(CallFailure.Unreachable, exception.Message);
        }
    }

    private async Task CloseLineAsync()
    {
        if (_line is not null)
        {
            await _line.CloseAsync(_options.CloseTimeout).ConfigureAwait(false);
            _line = null;
        }
    }

    // Descriptor 9 holds the lock. It is closed for everything that the shell starts, so that nothing but this shell, and the script that it runs at
    // the moment, can keep it. The file tells who holds it and as which process: a host that has not noticed the loss of a connection
    // would keep the old shell, and so the lock, for hours.
    private ShellScript Opening(TimeSpan wait) => _holder is null
        ? PlainOpening
        : ShellScript.Create(
            $$"""
            LC_ALL=C; export LC_ALL
            exec 9<>{{_options.LockFile}} || exit
            { read -r holder; read -r shell; } <{{_options.LockFile}}
            {{(_isHeld ? EndOldShell() : ShellScript.Create($""))}}
            flock -w {{(long)Math.Ceiling(wait.TotalSeconds)}} 9 || { echo {{HeldBy}}"$(head -n 1 {{_options.LockFile}})"; exit 75; }
            {{(_isHeld ? RefuseOthers() : ShellScript.Create($""))}}
            printf '%s\n%s\n' {{_holder}} $$ >{{_options.LockFile}}
            {{NodeUptime.Greet}}
            exec sh -s
            """);

    // A process that has the lock file open under that number is the shell that was meant, whatever has become of the number since.
    private ShellScript EndOldShell() => ShellScript.Create(
        $"""
        test "$holder" = {_holder!} && test /proc/"$shell"/fd/9 -ef {_options.LockFile} && kill "$shell"
        """);

    private ShellScript RefuseOthers() => ShellScript.Create(
        $$"""
        holder=$(head -n 1 {{_options.LockFile}})
        test "$holder" = {{_holder!}} || { echo {{TakenOverBy}}"$holder"; exit 76; }
        """);

    private ShellScript AsUser(ShellScript script) => _options.RunAs is null
        ? script
        : ShellScript.Create($"exec sudo -n -u {_options.RunAs} -- sh -c {script.Text}");
}
