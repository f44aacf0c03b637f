using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Hosts;

/// <summary>Stops the validator of a node over a shell: by SIGKILL, which a validator that hangs or is frozen takes as well, and by the configured command, which keeps its supervisor from starting it again.</summary>
/// <remarks>
/// <para>Both at the same time: a command that hangs together with the validator keeps nobody waiting for its end.</para>
/// <para>There is no SIGTERM: a validator that ends in its own time may vote meanwhile. Its tower is whole at every moment, since it comes in place by a rename.</para>
/// <para>Killed are the processes whose command line names the ledger of the settings together with an identity: the validator, and the programs that have started it with the same arguments. A
/// command of the validator's client, such as <c>wait-for-restart-window</c>, is none of them.</para>
/// <para>Whether none runs is looked at after every stop: no process of the ledger, among all that are shown, and nobody who answers on its admin socket, in a folder that can be searched.</para>
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
    public TimeSpan LongestStop => LongestLook + _shell.OpenTimeout + LongestStopping + LongestVerification;

    private TimeSpan LongestLook => _shell.OpenTimeout + _settings.TimeLimits.Command;

    // The command and the wait for the end of what was killed begin together.
    private TimeSpan LongestStopping => _settings.TimeLimits.Stop + ShellValidatorHost.Grace;

    // For the look at the processes, and for the program that asks at the socket.
    private TimeSpan LongestVerification => _shell.OpenTimeout + (2 * _settings.TimeLimits.Command) + ShellValidatorHost.Grace;

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

        var before = LedgerLook.Read(look.Output, _settings);
        var stopped = CallResult.Done("none was running");
        if (before.OnLedger.Count > 0 || _settings.StopCommand is not null)
        {
            var answer = await _shell.RunApartAsync(Stopping(before.OnLedger), LongestStopping, cancellationToken).ConfigureAwait(false);
            stopped = answer.ToCallResult((StillThere, PosixWords.Recognise(answer.Output) is CallFailure.PermissionDenied ? CallFailure.PermissionDenied : CallFailure.TimedOut));
        }

        // Whatever the stop said: one that was done may have killed something else, and one that is unknown may have been done.
        var seen = await SeeThatNoneRunsAsync(before, cancellationToken).ConfigureAwait(false);
        return seen.IsDone ? stopped.IsDone ? stopped : seen
            : stopped.IsDone ? seen
            : stopped.Outcome == CallOutcome.NotDone ? CallResult.NotDone(stopped.Failure, $"{stopped.Detail}; {seen.Detail}")
            : CallResult.Unknown(stopped.Failure, $"{stopped.Detail}; {seen.Detail}");
    }

    /// <inheritdoc/>
    public Task<CallResult> VerifyStoppedAsync(CancellationToken cancellationToken = default) => SeeThatNoneRunsAsync(before: null, cancellationToken);

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

    /// <summary>Looks whether no validator runs on the ledger.</summary>
    /// <param name="before">The look before a stop, if there was one: what was started since does not count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<CallResult> SeeThatNoneRunsAsync(LedgerLook? before, CancellationToken cancellationToken)
    {
        var answer = await _shell.RunApartAsync(LedgerLook.Script(_settings), LongestVerification - _shell.OpenTimeout, cancellationToken).ConfigureAwait(false);
        if (!answer.Succeeded)
        {
            var failed = answer.ToCallResult();
            return CallResult.Unknown(failed.Failure, $"whether a validator runs on the ledger {_settings.Ledger} cannot be told: {failed.Detail}");
        }

        var now = LedgerLook.Read(answer.Output, _settings);
        return now.Traces(before).Runs switch
        {
            false => CallResult.Done(now.Words(before)),
            true => CallResult.NotDone(CallFailure.Refused, $"a validator runs on the ledger {_settings.Ledger}: {now.Words(before)}"),
            _ => CallResult.Unknown(now.Asked is { IsDone: false } asked ? asked.Failure : CallFailure.Unrecognised, $"whether a validator runs on the ledger {_settings.Ledger} cannot be told: {now.Words(before)}"),
        };
    }

    private static ShellScript Words(IEnumerable<int> numbers) =>
        numbers.Select(number => ShellScript.Create($"{number}")).Aggregate(ShellScript.Create($""), (words, word) => ShellScript.Create($"{words} {word}"));

    /// <summary>A path as a pattern that matches nothing else.</summary>
    private static string Literal(string path) =>
        string.Concat(path.Select(character => char.IsLetterOrDigit(character) || "/_-".Contains(character, StringComparison.Ordinal) ? $"{character}" : character == '^' ? "\\^" : $"[{character}]"));
}
