using Tachyon.Failover.Shells;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Nodes;

/// <summary>The folder of the staked identity's tower on a node, accessed with <c>sh</c> and coreutils.</summary>
internal sealed class TowerFolder
{
    internal const int NoTower = 92;
    private const int OtherBytes = 93;
    private const int StillSaving = 94;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(10);

    private readonly NodeShell _shell;
    private readonly TimeSpan _limit;
    private readonly string _folder;
    private readonly string _tower;

    public TowerFolder(NodeShell shell, ValidatorNodeSettings settings, TowerFileName name)
    {
        ArgumentNullException.ThrowIfNull(shell);
        ArgumentNullException.ThrowIfNull(settings);
        InvalidSettingsException.ThrowIfAny(settings.Validate());
        _shell = shell;
        _limit = settings.TimeLimits.Command;
        _folder = settings.Towers;
        _tower = $"{settings.Towers}/{name}";
    }

    /// <summary>Starts the tower stream; null if the node cannot be reached.</summary>
    /// <remarks>
    /// The kernel tells <c>tail -F</c> of every rename, and it prints the new file whole. It checks for a missing file itself,
    /// 20 times a second. It ends with the session: the script
    /// waits for the end of its standard input.
    /// </remarks>
    public async Task<IShellSession?> StartWatchAsync(CancellationToken cancellationToken)
    {
        var script = ShellScript.Create(
            $"""
            tail -c +1 -s 0.05 --max-unchanged-stats=1 -F {_tower} 2>/dev/null &
            cat >/dev/null
            kill $!
            """);
        try
        {
            return await _shell.StartAsync(script, cancellationToken).ConfigureAwait(false);
        }
        catch (ShellException)
        {
            return null;
        }
    }

    /// <remarks>
    /// Every vote creates a new inode. The time of the newest tower comes from the file itself, by the node's own clock. Otherwise a long
    /// call would be followed by a wait for a vote that does not come. The wait also counts its rounds: a time in the future, after a clock was set back
    /// or from another machine, must not make it endless. The node keeps the last seen tower in the conversation's shell, for the next wait.
    /// </remarks>
    public async Task<CallResult> AwaitVoteAsync(TimeSpan silence, bool sinceLastWait, CancellationToken cancellationToken)
    {
        var seen = sinceLastWait ? ShellScript.Create($"${{seen_vote:-$now}}") : ShellScript.Create($"$now");
        var script = ShellScript.Create(
            $$"""
            now=$(stat -c '%i %z %.3Y' {{_tower}}); first={{seen}}; test -n "$first" || exit {{NoTower}}
            saved=${now##* }; saved=${saved%.*}${saved#*.}
            left={{(long)Math.Ceiling(silence / Turn)}}
            while test "$now" = "$first" && test $(($(date +%s%3N) - saved)) -lt {{(long)silence.TotalMilliseconds}} && test $left -gt 0; do sleep {{PosixText.Seconds(Turn)}}; left=$((left - 1)); now=$(stat -c '%i %z %.3Y' {{_tower}}); done
            test -n "$now" && printf '%s\n' "$now"
            """);
        var answer = await _shell.RunAsync(script, _limit + silence, cancellationToken, keepAs: "seen_vote").ConfigureAwait(false);
        return answer.ToCallResult((NoTower, CallFailure.TowerMissing)) is { IsDone: false } failed ? failed : CallResult.Done();
    }

    public async Task<CallResult<TowerFile>> ReadAsync(TimeSpan drain, CancellationToken cancellationToken)
    {
        var script = ShellScript.Create(
            $"""
            sleep {PosixText.Seconds(drain)}
            {(drain > TimeSpan.Zero ? AwaitSave() : ShellScript.Create($":"))}
            {Regular(_tower)}
            head -c {TowerText.MostBytes + 1} {_tower} | base64 -w0
            """);
        var answer = await _shell.ProbeAsync(script, _limit + drain, cancellationToken).ConfigureAwait(false);
        var result = answer.ToCallResult((NoTower, CallFailure.TowerMissing), (StillSaving, CallFailure.TimedOut));
        if (!result.IsDone)
        {
            return result.Failure == CallFailure.TowerMissing
                ? CallResult.NotDone(CallFailure.TowerMissing, $"there is no tower at {_tower}")
                : result;
        }

        return TowerText.Decode(answer.Output);
    }

    public async Task<CallResult> DeliverAsync(TowerFile tower, bool trial, CancellationToken cancellationToken)
    {
        // The temporary name begins with a dot and ends with .tmp: no validator reads it. Nobody can guess it, and it is never opened through a link: the folder may belong to another user than the
        // one who writes here. From then on everything is done to the open file, so that no file can be put in its place.
        var hidden = $"{_folder}/.{_tower[(_folder.Length + 1)..]}";
        var temporary = $"{hidden}.{UnguessableName.New()}.tmp";
        var digest = tower.Digest + "  -";
        var place = trial
            ? ShellScript.Create($"rm -f {temporary}")
            : ShellScript.Create(
                $"""
                {MoveAside()}
                mv -fT {temporary} {_tower} && sync {_folder} || exit
                test ! -L {_tower} && test {_tower} -ef /proc/self/fd/8 || exit {OtherBytes}
                """);

        // Owner and mode are those of the earlier towers or, in an empty folder, the folder's owner. Only root can change the owner;
        // any other user is the owner already.
        var script = ShellScript.Create(
            $$"""
            {{Same(trial, digest)}}
            give_up() { rm -f {{temporary}}; exit $1; }
            umask 022; set -C
            rm -f {{hidden}}.*tmp
            exec 8>{{temporary}}
            printf %s {{TowerText.Encode(tower)}} | base64 -d >&8 || give_up 1
            like={{_folder}}
            for old in {{_tower}}.aside-* {{_tower}}; do test -f "$old" && test ! -L "$old" && like=$old; done
            test "$like" = {{_folder}} || chmod --reference="$like" /proc/self/fd/8
            chown --reference="$like" /proc/self/fd/8 2>/dev/null
            sync {{temporary}} || give_up 1
            test "$(sha256sum </proc/self/fd/8)" = {{digest}} || give_up {{OtherBytes}}
            {{place}}
            """);
        var answer = await _shell.RunAsync(script, _limit, cancellationToken).ConfigureAwait(false);
        return answer.ToCallResult((OtherBytes, CallFailure.TowerMismatch));
    }

    public async Task<CallResult> SetAsideAsync(CancellationToken cancellationToken)
    {
        var script = ShellScript.Create(
            $"""
            test -e {_tower} || exit 0
            {MoveAside()}
            sync {_folder} && printf '%s\n' "$aside"
            """);
        return (await _shell.RunAsync(script, _limit, cancellationToken).ConfigureAwait(false)).ToCallResult();
    }

    // A validator writes a tower under this name before it renames it, so the file means a vote in progress. A second is a hundred times the usual time.
    private ShellScript AwaitSave() => ShellScript.Create(
        $"""
        n=0; while test -e {_tower}.new && test $n -lt 200; do sleep 0.005; n=$((n+1)); done
        test -e {_tower}.new && exit {StillSaving}
        """);

    private ShellScript Same(bool trial, string digest) => trial
        ? ShellScript.Create($":")
        : ShellScript.Create($"test -f {_tower} && test \"$(sha256sum <{_tower})\" = {digest} && exit 0");

    /// <summary>Ends the script unless there is a regular file that can be read: a FIFO would be waited for, and the rest is no tower.</summary>
    internal static ShellScript Regular(string file) => ShellScript.Create(
        $$"""
        test -e {{file}} || exit {{NoTower}}
        test -f {{file}} || { printf '%s is no regular file\n' {{file}}; exit 1; }
        test -r {{file}} || { printf '%s: Permission denied\n' {{file}}; exit 1; }
        """);

    // A free number: nothing is ever overwritten. `mv -n` leaves the file if another program took the name in between.
    private ShellScript MoveAside() => ShellScript.Create(
        $$"""
        if test -e {{_tower}}; then
          n=1; while test -e {{_tower}}.aside-$n; do n=$((n+1)); done
          aside={{_tower}}.aside-$n
          mv -nT {{_tower}} "$aside" && test ! -e {{_tower}} || exit
        fi
        """);
}
