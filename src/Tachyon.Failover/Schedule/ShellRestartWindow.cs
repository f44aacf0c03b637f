using System.Text;
using Tachyon.Failover.Hosts;
using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Schedule;

/// <summary>
/// Waits as in the guide: <c>wait-for-restart-window --min-idle-time N --skip-new-snapshot-check</c> on the active node.
/// </summary>
/// <remarks>
/// The command checks every 5 s, assumes 0.4 s per slot, knows whole minutes only, ignores the next epoch and needs the validator's
/// RPC; it has no time limit. The flag that skips the wait for a snapshot also skips the check of the delinquent stake. It runs in its own
/// session, which ends when the caller cancels. <see cref="ScheduleRestartWindow"/> has none of these faults.
/// </remarks>
public sealed class ShellRestartWindow : IRestartWindow
{
    private readonly NodeShell _shell;
    private readonly ValidatorNodeSettings _settings;

    /// <summary>Creates the window of a node; nothing is touched.</summary>
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

        // The program takes whole minutes. It does not notice that its reader is gone, so the end of the standard input ends it.
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

                // The program does not report how much longer the window is than required.
                return result.IsDone ? new OpenRestartWindow { Idle = request.MinimumIdle } : result;
            }
        }
        catch (ShellException exception)
        {
            return CallResult.NotDone(CallFailure.Unreachable, exception.Message);
        }
        catch (OperationCanceledException)
        {
            return CallResult.NotDone(CallFailure.Canceled, "the wait for a restart window was canceled");
        }
    }

    private static async Task<CallResult> ListenAsync(IShellSession session, IProgress<string>? notes, CancellationToken cancellationToken)
    {
        // The program itself writes only to standard output; the other stream has the messages of its launcher, such as sudo.
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
            // The connection was lost; the session's completion reports that.
        }

        // The streams close when the script has ended, so the completion comes soon.
        var exit = await session.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (exit.Status is not { } status)
        {
            return CallResult.NotDone(exit.IsLost ? CallFailure.ConnectionLost : CallFailure.Unrecognized, $"the wait for a restart window ended: {exit}");
        }

        // The wait changes nothing, so after any end no window is known.
        var result = ValidatorWords.Recognise(ScriptAnswer.Answered(status, last));
        return result.Outcome == CallOutcome.Unknown ? CallResult.NotDone(result.Failure, result.Detail) : result;
    }
}
