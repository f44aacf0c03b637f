using System.Globalization;
using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Nodes;

/// <summary>Keeps a guard's heartbeat in the ledger folder of its node, as <c>tachyon-failover.guard</c>: the machine's boot id and its uptime.</summary>
/// <remarks>It is read in a session of its own, so that a demotion does not wait for it. It is not synced to the disk, because it counts only until the next boot.</remarks>
internal sealed class ShellGuardHeartbeat : IGuardHeartbeat
{
    private const int NoBeat = 93;

    private readonly NodeShell _shell;
    private readonly TimeSpan _limit;
    private readonly string _file;

    /// <summary>Creates it; nothing is touched.</summary>
    /// <param name="shell">The shell of the node.</param>
    /// <param name="settings">The node.</param>
    /// <exception cref="InvalidSettingsException">The settings are wrong.</exception>
    public ShellGuardHeartbeat(NodeShell shell, ValidatorNodeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(shell);
        ArgumentNullException.ThrowIfNull(settings);
        InvalidSettingsException.ThrowIfAny(settings.Validate());
        _shell = shell;
        _limit = settings.TimeLimits.Command;
        _file = $"{settings.Ledger}/tachyon-failover.guard";
    }

    /// <inheritdoc/>
    public async Task<CallResult> BeatAsync(CancellationToken cancellationToken = default)
    {
        var script = ShellScript.Create(
            $"""
            umask 022
            read -r up rest </proc/uptime && read -r boot </proc/sys/kernel/random/boot_id || exit
            rm -f {$"{_file}.new"} && set -C
            printf '%s\n' "$boot $up" >{$"{_file}.new"} && mv -fT {$"{_file}.new"} {_file}
            """);
        var answer = await _shell.RunAsync(script, _limit, cancellationToken).ConfigureAwait(false);
        return answer.ToCallResult();
    }

    /// <inheritdoc/>
    public async Task<CallResult<GuardBeat>> ReadAsync(CancellationToken cancellationToken = default)
    {
        var script = ShellScript.Create(
            $"""
            test -f {_file} && test -r {_file} || exit {NoBeat}
            read -r boot beat <{_file}
            read -r up rest </proc/uptime && read -r now </proc/sys/kernel/random/boot_id || exit
            test "$boot" = "$now" || exit {NoBeat}
            printf '%s\n' "$beat $up"
            """);
        var answer = await _shell.RunApartAsync(script, _limit, cancellationToken).ConfigureAwait(false);
        var result = answer.ToCallResult((NoBeat, CallFailure.Skipped));
        return result.IsDone ? AgeOf(answer.Output)
            : result.Failure == CallFailure.Skipped ? CallResult.NotDone(CallFailure.Skipped, $"no guard has left a heartbeat at {_file} since the machine was started")
            : result;
    }

    private static CallResult<GuardBeat> AgeOf(string output)
    {
        var words = output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words is [var beat, var up] && Seconds(beat) is { } then && Seconds(up) is { } now
            ? new GuardBeat { Age = TimeSpan.FromSeconds(Math.Max(0, now - then)) }
            : CallResult.NotDone(CallFailure.Unrecognized, $"the heartbeat cannot be read: '{output}'");
    }

    private static double? Seconds(string word) =>
        double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds) && seconds < 1e9 ? seconds : null;
}
