using System.Text;
using Tachyon.Failover.Hosts;
using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Schedule;

/// <summary>
/// The guide's own way: <c>wait-for-restart-window --min-idle-time N --skip-new-snapshot-check</c> on the active node.
/// </summary>
/// <remarks>
/// The command looks every 5 s, takes 0.4 s a slot for granted, knows whole minutes only, does not look past the end of the epoch and needs the validator's
/// RPC; it has no time limit of its own. The flag that keeps it from waiting for a snapshot also keeps it from looking at the delinquent stake. It runs in a session of
/// its own, which is ended when the caller gives up. <see cref="ScheduleRestartWindow"/> has none of these faults.
/// </remarks>
public sealed class ShellRestartWindow : IRestartWindow
{
    private readonly NodeShell _shell;
    private readonly ValidatorNodeSettings _settings;

    /// <summary>Makes the window of a node; nothing is touched.</summary>
    /// <exception cref="InvalidSettingsException">The settings are wrong.</exception>
    public ShellRestartWindow(NodeShell shell, ValidatorNodeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(shell);
        ArgumentNullException.ThrowIfNull(settings);
        InvalidSettingsException.ThrowIfAny(settings.Validate());
        _shell = shell;
        _settings = settings;
    }

    /// <inheritdoc/>
    public async Task<CallResult<OpenRestartWindow>> WaitAsync(RestartWindowRequest request, IProgress<string>? notes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        // The program takes whole minutes. It does not notice that nobody listens any more, so the end of the standard input ends it.
        var script = ShellScript.Create(
            $$"""
            exec 3<&0
            {{_settings.Program}} -l {{_settings.Ledger}} wait-for-restart-window --min-idle-time {{(long)Math.Ceiling(request.MinimumIdle.TotalMinutes)}} --skip-new-snapshot-check 2>&1 3<&- </dev/null &
            waiting=$!
            { cat <&3 >/dev/null; kill $waiting; } 2>/dev/null &
            listening=$!
            wait $waiting; status=$?
            kill $listening 2>/dev/null
            exit $status
            """);
        try
        {
            var session = await _shell.StartAsync(script, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                var result = await ListenAsync(session, notes, cancellationToken).ConfigureAwait(false);

                // How much longer it is than what was asked for, the program does not say.
                return result.IsDone ? new OpenRestartWindow { Idle = request.MinimumIdle } : result;
            }
        }
        catch (ShellException exception)
        {
            return CallResult.NotDone(CallFailure.Unreachable, exception.Message);
        }
        catch (OperationCanceledException)
        {
            return CallResult.NotDone(CallFailure.Cancelled, "the wait for a restart window was given up");
        }
    }

    private static async Task<CallResult> ListenAsync(IShellSession session, IProgress<string>? notes, CancellationToken cancellationToken)
    {
        // The program itself says everything on standard output; on the other stream are the words of what starts it, such as sudo's.
        using var errors = new StreamReader(session.StandardError, Encoding.UTF8);
        var words = errors.ReadToEndAsync(cancellationToken);
        var last = "";
        try
        {
            using var reader = new StreamReader(session.StandardOutput, Encoding.UTF8);
            while (await reader.ReadLineAsync(cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                last = line;
                notes?.Report(line);
            }

            last = await words.WaitAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 } said ? $"{last}\n{said}".Trim() : last;
        }
        catch (IOException)
        {
            // The connection was lost, as its end tells.
        }

        // The session's streams are closed when its script is ended, so its end is near.
        var exit = await session.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (exit.Status is not { } status)
        {
            return CallResult.NotDone(exit.IsLost ? CallFailure.ConnectionLost : CallFailure.Unrecognised, $"the wait for a restart window ended: {exit}");
        }

        // The wait changes nothing, so whatever ended it, no window is known.
        var result = ValidatorWords.Recognise(ScriptAnswer.Answered(status, last));
        return result.Outcome == CallOutcome.Unknown ? CallResult.NotDone(result.Failure, result.Detail) : result;
    }
}
