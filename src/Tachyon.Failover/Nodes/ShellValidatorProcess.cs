using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Nodes;

/// <summary>Stops the validator of a node over a shell: by SIGKILL, which also ends a validator that hangs or is frozen, and by the configured command, which keeps its supervisor from restarting it.</summary>
/// <remarks>
/// <para>Both run at the same time, so that a command that hangs with the validator does not delay the kill.</para>
/// <para>It sends no SIGTERM: a validator that ends slowly may still vote. Its tower is whole at every moment, because the validator replaces it by a rename.</para>
/// <para>It kills the processes whose command line names the ledger of the settings and an identity: the validator, and its launchers with the same arguments. A
/// command of the validator's client, such as <c>wait-for-restart-window</c>, is not killed.</para>
/// <para>After every stop it checks that none runs: no visible process of the ledger, and no answer on its admin socket, in a folder that can be searched.</para>
/// <para>Every call has sessions of its own, so that it does not wait for calls in the node's conversation.</para>
/// </remarks>
internal sealed class ShellValidatorProcess : IValidatorProcess
{
    private const int StillThere = 95;

    private readonly NodeShell _shell;
    private readonly ValidatorNodeSettings _settings;

    /// <summary>Creates the process of a node; nothing is touched.</summary>
    /// <exception cref="InvalidSettingsException">The settings are wrong.</exception>
    public ShellValidatorProcess(NodeShell shell, ValidatorNodeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(shell);
        ArgumentNullException.ThrowIfNull(settings);
        InvalidSettingsException.ThrowIfAny(settings.Validate());
        _shell = shell;
        _settings = settings;
    }

    /// <inheritdoc/>
    public string CommandToStop => OperatorCommand.Of(_settings, _settings.StopCommand is { } words
        ? ShellScript.Create($"{words}")
        : ShellScript.Create($"pkill -KILL -f -- {$"(--ledger|-l)[= ]{Literal(_settings.Ledger)}( |$)"}"));

    /// <inheritdoc/>
    public TimeSpan LongestStop => LongestProbe + _shell.OpenTimeout + LongestStopping + LongestVerification;

    private TimeSpan LongestProbe => _shell.OpenTimeout + _settings.TimeLimits.Command;

    // The command and the wait for the end of the killed processes begin together.
    private TimeSpan LongestStopping => _settings.TimeLimits.Stop + ShellValidatorHost.Grace;

    // For the list of processes, and for the program that calls the socket.
    private TimeSpan LongestVerification => _shell.OpenTimeout + (2 * _settings.TimeLimits.Command) + ShellValidatorHost.Grace;

    /// <inheritdoc/>
    public async Task<CallResult> StopAsync(CancellationToken cancellationToken = default)
    {
        var look = await _shell.RunApartAsync(NodeInspection.Processes(_settings), _settings.TimeLimits.Command, cancellationToken).ConfigureAwait(false);
        if (!look.Succeeded)
        {
            // Nothing was stopped yet, even if the probe failed.
            var failed = look.ToCallResult();
            return CallResult.NotDone(failed.Failure, failed.Detail);
        }

        var before = LedgerProbe.Read(look.Output, _settings);
        var stopped = CallResult.Done("none was running");
        if (before.OnLedger.Count > 0 || _settings.StopCommand is not null)
        {
            var answer = await _shell.RunApartAsync(Stopping(before.OnLedger), LongestStopping, cancellationToken).ConfigureAwait(false);
            stopped = answer.ToCallResult((StillThere, PosixWords.Recognise(answer.Output) is CallFailure.PermissionDenied ? CallFailure.PermissionDenied : CallFailure.TimedOut));
        }

        // Check in any case: a stop that is done may have killed another process, and an unknown one may have been done.
        var seen = await SeeThatNoneRunsAsync(before, cancellationToken).ConfigureAwait(false);
        return seen.IsDone ? stopped.IsDone ? stopped : seen
            : stopped.IsDone ? seen
            : stopped.Outcome == CallOutcome.NotDone ? CallResult.NotDone(stopped.Failure, $"{stopped.Detail}; {seen.Detail}")
            : CallResult.Unknown(stopped.Failure, $"{stopped.Detail}; {seen.Detail}");
    }

    /// <inheritdoc/>
    public Task<CallResult> VerifyStoppedAsync(CancellationToken cancellationToken = default) => SeeThatNoneRunsAsync(before: null, cancellationToken);

    // A zombie has no command line, and a process that reuses a number has another one, or another owner.
    private ShellScript Stopping(IReadOnlyList<int> validators) => ShellScript.Create(
        $$"""
        {{OwnProcesses.Functions(_settings)}}
        left() {
          left=
          for process in {{Words(validators)}}; do
            grep -sqEz '^(--identity(=.*)?|-i)$' "/proc/$process/cmdline" && ours "$process" && left="$left $process"
          done
          test -n "$left"
        }
        {{Command()}}
        command=$!
        end=$(($(date +%s%3N) + {{(long)_settings.TimeLimits.Stop.TotalMilliseconds}}))
        left && kill -KILL $left
        while left; do
          test $(date +%s%3N) -lt $end || { printf 'still there:%s\n' "$left"; exit {{StillThere}}; }
          sleep 0.02
        done
        wait $command
        true
        """);

    private ShellScript Command() => _settings.StopCommand is { } words
        ? ShellScript.Create($"""{NodeTimeLimit.OfCommand(_settings.TimeLimits.Stop, ShellScript.Create($"{words}"))} </dev/null || echo "the stop command ended with status $?" & """)
        : ShellScript.Create($": &");

    /// <summary>Checks that no validator runs on the ledger.</summary>
    /// <param name="before">The probe before a stop, if there was one: processes that were started since do not count.</param>
    /// <param name="cancellationToken">Cancels the probe.</param>
    private async Task<CallResult> SeeThatNoneRunsAsync(LedgerProbe? before, CancellationToken cancellationToken)
    {
        var answer = await _shell.RunApartAsync(LedgerProbe.Script(_settings), LongestVerification - _shell.OpenTimeout, cancellationToken).ConfigureAwait(false);
        if (!answer.Succeeded)
        {
            var failed = answer.ToCallResult();
            return CallResult.Unknown(failed.Failure, $"it is unknown whether a validator runs on the ledger {_settings.Ledger}: {failed.Detail}");
        }

        var now = LedgerProbe.Read(answer.Output, _settings);
        return now.Traces(before).Runs switch
        {
            false => CallResult.Done(now.Words(before)),
            true => CallResult.NotDone(CallFailure.Refused, $"a validator runs on the ledger {_settings.Ledger}: {now.Words(before)}"),
            _ => CallResult.Unknown(now.Asked is { IsDone: false } asked ? asked.Failure : CallFailure.Unrecognized, $"it is unknown whether a validator runs on the ledger {_settings.Ledger}: {now.Words(before)}"),
        };
    }

    private static ShellScript Words(IEnumerable<int> numbers) =>
        numbers.Select(number => ShellScript.Create($"{number}")).Aggregate(ShellScript.Create($""), (words, word) => ShellScript.Create($"{words} {word}"));

    /// <summary>A path as a pattern that matches only this path.</summary>
    private static string Literal(string path) =>
        string.Concat(path.Select(character => char.IsLetterOrDigit(character) || "/_-".Contains(character, StringComparison.Ordinal) ? $"{character}" : character == '^' ? "\\^" : $"[{character}]"));
}
