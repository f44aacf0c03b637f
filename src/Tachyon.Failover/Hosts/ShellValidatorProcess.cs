using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Hosts;

/// <summary>Stops the validator of a node over a shell: by SIGKILL, which a validator that hangs or is frozen takes as well, and by the configured command, which keeps its supervisor from starting it again.</summary>
/// <remarks>
/// <para>Both at the same time: a command that hangs together with the validator keeps nobody waiting for its end.</para>
/// <para>There is no SIGTERM: a validator that ends in its own time may vote meanwhile. Its tower is whole at every moment, since it comes in place by a rename.</para>
/// <para>Killed are the processes whose command line names the ledger of the settings together with an identity: the validator, and whatever has started it with the same arguments. Where none does, the
/// validator's admin socket is asked: only if nobody answers there, none runs.</para>
/// <para>Every call has sessions of its own, so that no call that hangs in the node's conversation keeps it waiting.</para>
/// </remarks>
public sealed class ShellValidatorProcess : IValidatorProcess
{
    private const int StillThere = 95;

    private readonly NodeShell _shell;
    private readonly ValidatorNodeSettings _settings;

    /// <summary>Makes the process of a node; nothing is touched.</summary>
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
    public string CommandToStop => PersonsCommand.Of(_settings, _settings.StopCommand is { } words
        ? ShellScript.Create($"{words}")
        : ShellScript.Create($"pkill -KILL -f -- {$"(--ledger|-l)[= ]{Literal(_settings.Ledger)}( |$)"}"));

    /// <inheritdoc/>
    public async Task<CallResult> StopAsync(CancellationToken cancellationToken = default)
    {
        var look = await _shell.RunApartAsync(NodeInspection.Processes(_settings), _settings.TimeLimits.Command, cancellationToken).ConfigureAwait(false);
        if (!look.Succeeded)
        {
            // Nothing was done yet, whatever became of the look.
            var failed = look.ToCallResult();
            return CallResult.NotDone(failed.Failure, failed.Detail);
        }

        var processes = NodeInspectionReader.ReadProcesses(look.Output, _settings);
        var validators = processes?.Where(process => process.IsOnLedger == true).Select(process => process.Id).ToArray() ?? [];
        if (validators.Length == 0 && _settings.StopCommand is null)
        {
            return await SeeThatNoneRunsAsync(processes, stopped: CallResult.Done(), cancellationToken).ConfigureAwait(false);
        }

        var answer = await _shell.RunApartAsync(Stopping(validators), (2 * _settings.TimeLimits.Stop) + ShellValidatorHost.Grace, cancellationToken).ConfigureAwait(false);
        var stopped = answer.ToCallResult((StillThere, PosixWords.Recognise(answer.Output) is CallFailure.PermissionDenied ? CallFailure.PermissionDenied : CallFailure.TimedOut));
        return !stopped.IsDone || validators.Length > 0 ? stopped : await SeeThatNoneRunsAsync(processes, stopped, cancellationToken).ConfigureAwait(false);
    }

    // A process that is a zombie has no command line any more, and one that took a number over has another.
    private ShellScript Stopping(IReadOnlyList<int> validators) => ShellScript.Create(
        $$"""
        left() {
          left=
          for process in {{Words(validators)}}; do
            grep -sqEz '^(--identity(=.*)?|-i)$' "/proc/$process/cmdline" && left="$left $process"
          done
          test -n "$left"
        }
        {{Command()}}
        command=$!
        end=$(($(date +%s%3N) + {{(long)_settings.TimeLimits.Stop.TotalMilliseconds}}))
        left && kill -KILL $left
        while left; do
          test $(date +%s%3N) -lt $end || { echo "still there:$left"; exit {{StillThere}}; }
          sleep 0.02
        done
        wait $command
        true
        """);

    private ShellScript Command() => _settings.StopCommand is { } words
        ? ShellScript.Create($"""timeout -k 1 {PosixText.Seconds(_settings.TimeLimits.Stop)} {words} </dev/null || echo "the stop command ended with status $?" & """)
        : ShellScript.Create($": &");

    /// <summary>No process on the ledger is no proof: it may run where processes are not shown, or under a path of its own.</summary>
    private async Task<CallResult> SeeThatNoneRunsAsync(IReadOnlyList<StartCommandReader>? processes, CallResult stopped, CancellationToken cancellationToken)
    {
        if (processes?.FirstOrDefault(process => process.IsOnLedger is null) is { } unsure)
        {
            return CallResult.NotDone(CallFailure.Refused, $"process {unsure.Id} is a validator, and which ledger it has cannot be seen");
        }

        var script = ShellScript.Create(
            $"""
            test -d {_settings.Ledger} || exit {StillThere}
            timeout -k 1 {PosixText.Seconds(_settings.TimeLimits.Command)} {_settings.Program} -l {_settings.Ledger} contact-info
            """);
        var answer = await _shell.RunApartAsync(script, _settings.TimeLimits.Command + ShellValidatorHost.Grace, cancellationToken).ConfigureAwait(false);
        if (answer is { Failure: CallFailure.None, Status: StillThere })
        {
            return CallResult.NotDone(CallFailure.Refused, $"the ledger folder {_settings.Ledger} does not exist, so that nobody can tell whether a validator runs on it");
        }

        var asked = ValidatorWords.Recognise(answer);
        return asked.Failure == CallFailure.ValidatorNotRunning ? CallResult.Done(stopped.Detail ?? "none was running")
            : CallResult.NotDone(
                asked.IsDone ? CallFailure.Refused : asked.Failure,
                $"no process names the ledger {_settings.Ledger}, and whether a validator runs there cannot be told: {(asked.IsDone ? "one answers" : asked.Detail)}");
    }

    private static ShellScript Words(IEnumerable<int> numbers) =>
        numbers.Select(number => ShellScript.Create($"{number}")).Aggregate(ShellScript.Create($""), (words, word) => ShellScript.Create($"{words} {word}"));

    /// <summary>A path as a pattern that matches nothing else.</summary>
    private static string Literal(string path) =>
        string.Concat(path.Select(character => char.IsLetterOrDigit(character) || "/_-".Contains(character, StringComparison.Ordinal) ? $"{character}" : character == '^' ? "\\^" : $"[{character}]"));
}
