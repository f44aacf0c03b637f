namespace Tachyon.Failover.Shells;

/// <summary>
/// The opening of a conversation that holds the node's lock, and the node's part of the lease. A host may not notice for hours that the other end of a connection
/// is gone. The kernel of a stopped coordinator (Ctrl-Z) still answers for it. So the coordinator sends a heartbeat every few seconds. If none
/// arrives for a whole lease, the node ends the conversation and its running script. That releases the lock.
/// </summary>
/// <remarks>
/// <para>Three processes, because a shell that runs a script does not read its input. The <c>reader</c> passes scripts on to the <c>worker</c>, and heartbeats to the
/// <c>keeper</c>. The worker holds the lock and runs the scripts. It has its own process group, so that the keeper can end it together with its script.</para>
/// <para>The keeper waits twice for half of the lease: a node that was suspended reads in the second half what arrived meanwhile. It outlives the other two while a script runs
/// that has lost its worker. A worker that ends normally leaves no script.</para>
/// </remarks>
internal static class LeasedOpening
{
    /// <summary>What the opening prints if another coordinator holds the lock: this text, the worker's process, the start time, and the holder.</summary>
    public const string HeldBy = "held by ";

    /// <summary>What the opening prints if this coordinator lost the lock and another one has held it since; the holder follows.</summary>
    public const string TakenOverBy = "taken over by ";

    /// <summary>A heartbeat.</summary>
    public static ShellScript Beat { get; } = ShellScript.Create($"echo beat >&8");

    /// <summary>How often a heartbeat is sent. A few may come late.</summary>
    public static TimeSpan BeatInterval(TimeSpan lease) => lease / 6;

    /// <summary>Makes the reader pass a script on to the worker.</summary>
    public static ShellScript PassOn(ShellScript script) => ShellScript.Create($"printf '%s\\n' {script.Text}");

    /// <summary>The command with which an operator on the node ends the conversation of a coordinator that is gone.</summary>
    public static ShellScript End(long worker) => ShellScript.Create($"kill -s KILL -- -{worker}");

    /// <summary>The opening.</summary>
    /// <param name="file">The lock file.</param>
    /// <param name="lease">How long the lock outlives the last heartbeat.</param>
    /// <param name="holder">The run that takes the lock, one line.</param>
    /// <param name="wait">How long to wait for the lock.</param>
    /// <param name="isTakenAgain">Whether this holder had the lock and lost the connection. The old conversation is ended, and the lock is taken only if no other coordinator has held it since.</param>
    public static ShellScript Create(string file, TimeSpan lease, string holder, TimeSpan wait, bool isTakenAgain) => ShellScript.Create(
        $$"""
        LC_ALL=C; export LC_ALL
        {
          {
            sh -c 'echo $$; exec sh -s' 2>/dev/null 6>&- | {
              read -r reader
              setsid sh -c {{Worker(file, holder, wait, isTakenAgain).Text}} >&6 6>&-
              test $? -ge 128 || echo over >&8
              test "/proc/$reader/fd/8" -ef /proc/self/fd/8 && kill "$reader"
            }
          } 8>&1 | {
            {
              {{Keeper(lease / 2)}}
            } <&3 3<&- 6>&- >/dev/null 2>&1 &
          } 3<&0
        } 6>&1
        """);

    private static ShellScript Keeper(TimeSpan half) => ShellScript.Create(
        $$"""
        read -r worker || exit
        silent=0
        while test $silent -lt 2 && kill -s 0 -- "-$worker"; do
          timeout {{PosixText.Seconds(half)}} sh -c 'read -r said || while kill -s 0 -- "-$1"; do sleep 1; done; test "$said" != over' sh "$worker"
          case $? in (0) silent=0 ;; (124) silent=$((silent + 1)) ;; (*) exit ;; esac
        done
        kill -s KILL -- "-$worker"
        """);

    // Descriptor 9 holds the lock. It is closed in everything that the shell starts, so that only this shell and its current
    // script can hold it. The file contains the holder, the process and the start time.
    private static ShellScript Worker(string file, string holder, TimeSpan wait, bool isTakenAgain) => ShellScript.Create(
        $$"""
        {{LockHolder.Functions(file)}}
        mask=$(umask); umask 077
        test ! -L {{file}} || { echo {{file}} is a symbolic link, and no lock; exit 77; }
        test ! -e {{file}} || test -f {{file}} || { echo {{file}} is no regular file, and no lock; exit 77; }
        exec 9<>{{file}} || exit
        test "$(stat -Lc %h /proc/self/fd/9)" = 1 || { echo {{file}} has another name as well, and is no lock; exit 77; }
        who
        {{(isTakenAgain ? EndOldWorker(file, holder) : ShellScript.Create($""))}}
        flock -w {{(long)Math.Ceiling(wait.TotalSeconds)}} 9 || {
          named || { sleep 1; who; named; } || { taken; nameless; }
          printf '%s%s %s %s\n' {{HeldBy}} "${shell:--}" "${since:--}" "$holder"; exit 75
        }
        test {{file}} -ef /proc/self/fd/9 || { echo {{file}} was replaced while it was locked; exit 77; }
        {{(isTakenAgain ? RefuseOthers(holder) : ShellScript.Create($""))}}
        {{Share(file)}}
        printf '%s\n' {{holder}} $$ "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >/proc/self/fd/9
        umask "$mask"
        echo $$ >&8
        {{NodeUptime.Greet}}
        exec sh -s 8>&-
        """);

    // A process that has the lock file open under that number is the right shell, even if the number was reused. Only the worker is ended: its current
    // script holds the lock until it ends.
    private static ShellScript EndOldWorker(string file, string holder) => ShellScript.Create(
        $"""
        test "$holder" = {holder} && test /proc/"$shell"/fd/9 -ef {file} && kill "$shell"
        """);

    private static ShellScript RefuseOthers(string holder) => ShellScript.Create(
        $$"""
        who
        test "$holder" = {{holder}} || { printf '%s\n' {{TakenOverBy}}"$holder"; exit 76; }
        """);

    // A user who may write in the folder may use the lock. Other users must not read the file: reading is enough for a flock. By the descriptor, so that the locked file itself is changed.
    private static ShellScript Share(string file) => ShellScript.Create(
        $$"""
        case $(stat -Lc %A {{PosixText.FolderOf(file)}}) in (????????w*) mode=666 ;; (?????w*) mode=660 ;; (*) mode=600 ;; esac
        { chown --reference={{PosixText.FolderOf(file)}} /proc/self/fd/9 || chgrp --reference={{PosixText.FolderOf(file)}} /proc/self/fd/9; chmod "$mode" /proc/self/fd/9; } 2>/dev/null
        """);
}
