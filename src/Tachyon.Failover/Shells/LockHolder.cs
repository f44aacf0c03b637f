namespace Tachyon.Failover.Shells;

/// <summary>
/// The shell functions that tell who holds the lock of a node. The lock file names a holder, its process and its start time. A new holder writes them a moment after it has taken the lock: until then
/// the file names the last one, who has nothing to do with it any more.
/// </summary>
/// <remarks>
/// <c>who</c> reads <c>$holder</c>, <c>$shell</c> and <c>$since</c> from the file. <c>named</c> tells whether that process has the file open as a holder has. <c>taken</c> asks the kernel whether anybody
/// has the lock; in a container its list omits locks whose taker, a program, has ended. <c>nameless</c> names the taker that the kernel knows.
/// </remarks>
internal static class LockHolder
{
    public static ShellScript Functions(string file) => ShellScript.Create(
        $$"""
        who() { holder= shell= since=; test ! -f {{file}} || { read -r holder; read -r shell; read -r since; } <{{file}}; } 2>/dev/null
        named() { test -d "/proc/$shell/fd" && { test ! -r "/proc/$shell/fd" || test "/proc/$shell/fd/9" -ef {{file}}; }; }
        taken() {
          inode=$(stat -Lc %i {{file}})
          while read -r number kind mode access taker place rest; do
            case "$kind $place" in ("FLOCK "*":$inode") return 0 ;; esac
          done </proc/locks
          taker=
          return 1
        } 2>/dev/null
        nameless() {
          holder='a process that wrote no name'
          test -z "$taker" || test ! -d "/proc/$taker" || holder="process $taker of user $(stat -c %U "/proc/$taker"), which wrote no name"
          shell= since=
        }
        """);
}
