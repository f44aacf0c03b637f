using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Nodes;

/// <summary>
/// The shell function <c>ours</c>, which tells whether a process may be the validator's: one of the user who inspects, of root, or of the owner of the ledger or of its admin socket. Any account on a
/// node can start a process with any words, so the words of all others count for nothing.
/// </summary>
/// <remarks>
/// The real user of a process counts: a program such as <c>su</c> runs as root for any account. <c>ours ID</c> also puts the id of the parent into <c>$parent</c>. It starts no program. <c>$worker</c> is the user who inspects, and <c>$owners</c> are all whose processes count.
/// </remarks>
internal static class OwnProcesses
{
    public static ShellScript Functions(ValidatorNodeSettings settings) => ShellScript.Create(
        $$"""
        real_user() {
          user= parent=
          while read -r name one rest; do
            case $name in (PPid:) parent=$one ;; (Uid:) user=$one; return ;; esac
          done <"/proc/$1/status"
        } 2>/dev/null
        set -- $(stat -Lc %u {{settings.Ledger}} {{settings.Ledger}}/admin.rpc 2>/dev/null)
        real_user self
        worker=$user
        owners=" 0 $worker $1 $2 "
        ours() {
          real_user "$1"
          case $owners in (*" ${user:-none} "*) return 0 ;; (*) return 1 ;; esac
        }
        """);
}
