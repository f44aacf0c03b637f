using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Nodes;

/// <summary>
/// The script that inspects a node's set-up in one round trip. It prints a word and a value on each line, which <see cref="NodeInspectionReader"/>
/// reads, and writes to no disk.
/// </summary>
internal static class NodeInspection
{
    private static readonly TimeSpan ProgramLimit = TimeSpan.FromSeconds(2);

    // The private half of a keypair never leaves the node: `cut` passes only the numbers 33 to 64, the public half,
    // and nothing of a file without commas.
    internal static readonly ShellScript PublicHalf = ShellScript.Create($$"""public_half() { tr -cd '0-9,' <"$1" | cut -d, -s -f33-64; }""");

    public static ShellScript Script(ValidatorNodeSettings settings) => ShellScript.Lines(
        ShellScript.Create($"date +'began %s%N'"),
        PublicHalf,
        Keypairs(settings),
        Program(settings),
        Tools(),
        Folders(settings),
        Lock(settings),
        EveryProcess(settings),
        Place(settings),
        ShellScript.Create($"date +'ended %s%N'"),
        ShellScript.Create($"true"));

    /// <summary>The script that lists the processes alone.</summary>
    public static ShellScript Processes(ValidatorNodeSettings settings) => ShellScript.Lines(ShellScript.Create($"date +'began %s%N'"), PublicHalf, EveryProcess(settings), ShellScript.Create($"true"));

    private static ShellScript Keypairs(ValidatorNodeSettings settings) => ShellScript.Create(
        $$"""
        test ! -r {{settings.StakedKeypair}} || echo "staked $(public_half {{settings.StakedKeypair}} 2>&1)"
        test ! -r {{settings.UnstakedKeypair}} || echo "unstaked $(public_half {{settings.UnstakedKeypair}} 2>&1)"
        for file in {{Words(settings.Voters)}}; do
          if test -r "$file"; then echo "settings-voter $(public_half "$file" 2>&1)"; else echo "settings-voter"; fi
        done
        for file in {{Words([settings.StakedKeypair, settings.UnstakedKeypair, .. settings.Voters])}}; do
          test -r "$file" || { echo "unreadable $file"; continue; }
          case $(stat -Lc %a "$file") in (?00) ;; (*) echo "readable-by-others $file" ;; esac
        done
        """);

    private static ShellScript Program(ValidatorNodeSettings settings) => ShellScript.Create(
        $$"""
        if v=$(timeout -k 1 {{PosixText.Seconds(ProgramLimit)}} {{settings.Program}} -l {{settings.Ledger}} --version 2>&1); then echo "version $v"; else echo "noversion $v"; fi | head -n 1
        """);

    private static ShellScript Tools() => ShellScript.Create(
        $"""
        for tool in base64 cat chmod cut date flock grep head ln mv readlink rm sed setsid sha256sum sleep stat sync tail timeout tr; do
          command -v "$tool" >/dev/null || echo "missing $tool"
        done
        """);

    private static ShellScript Folders(ValidatorNodeSettings settings) => ShellScript.Create(
        $$"""
        for folder in {{Words([settings.Ledger, settings.Towers, PosixText.FolderOf(settings.IdentityLink)])}}; do
          test -d "$folder" || { echo "nofolder $folder"; continue; }
          test -w "$folder" && test -x "$folder" || echo "unwritable $folder"
          echo "space $(stat -f -c '%a %S' "$folder") $folder"
        done
        admin={{settings.Ledger}}/admin.rpc
        test ! -S "$admin" || test -w "$admin" || echo "unreachable $admin"
        """);

    // Even a short lock would refuse another coordinator at that moment. So the script reads the kernel's list, and the shell that the file names:
    // in a container the list omits locks whose taker, a program, has ended.
    private static ShellScript Lock(ValidatorNodeSettings settings) => ShellScript.Create(
        $$"""
        lock={{settings.LockFile}}
        if test -e "$lock"; then
          test -r "$lock" && test -w "$lock" || echo "nolock $lock"
          holder= shell=
          { read -r holder; read -r shell; } <"$lock"
          if test "$shell" = $$; then echo "free"
          elif test "/proc/$shell/fd/9" -ef "$lock" || grep -sq "FLOCK .*:$(stat -c %i "$lock") " /proc/locks; then echo "held $holder"
          else echo "free"; fi
        else
          echo "free"
        fi 2>/dev/null
        """);

    // A launcher is a separate process or precedes the options, and paths may be relative. `grep` reads all processes at once; only those that
    // name an identity are read one by one. A ledger with the same name counts as the same, even if the folder was replaced. If a kernel hides the processes of
    // other users (hidepid), the ledger owner's processes suffice for the ledger's owner.
    private static ShellScript EveryProcess(ValidatorNodeSettings settings) => ShellScript.Create(
        $$"""
        named() {
          case $2 in (/*) at=$2 ;; (*) at=${cwd:+$cwd/$2} ;; esac
          as=other
          case $1 in
            (--identity|-i) word=identity; test "${at##*/}" = {{FileOf(settings.IdentityLink)}} && test "${at%/*}/" -ef {{PosixText.FolderOf(settings.IdentityLink)}} && as=same ;;
            (--ledger|-l) word=ledger; { test "$at" = {{settings.Ledger}} || test "$at" -ef {{settings.Ledger}}; } && as=same ;;
            (--tower) word=tower; test "$at" -ef {{settings.Towers}} && as=same ;;
            (--vote-account) word=vote-account ;;
            (--tower-storage) word=tower-storage ;;
            (*) word=voter; for file in {{Words(settings.Voters)}}; do test "$at" -ef "$file" && as=same; done ;;
          esac
          test -n "$at" || as=unknown
          echo "$word $as $2"
          case $word in (voter|vote-account) test ! -r "$at" || echo "$word-key $(public_half "$at")" ;; esac
        }
        test ! -d /proc/self || echo "processes"
        test -r /proc/1/cmdline || test -O {{settings.Ledger}} && echo "all-processes"
        test {{settings.Ledger}} -ef {{settings.Towers}} || echo "towers-elsewhere"
        for process in $(grep -lsEz '^(--identity(=.*)?|-i)$' /proc/[0-9]*/cmdline); do
          process=${process#/proc/}; process=${process%/cmdline}
          cwd=$(readlink "/proc/$process/cwd")
          echo "process $process $(grep -s ^PPid: "/proc/$process/status" | tr -cd 0-9)"
          tr '\n\0' ' \n' <"/proc/$process/cmdline" | {
            option=
            while IFS= read -r word; do
              if test -n "$option"; then named "$option" "$word"; option=; continue; fi
              case $word in
                (--identity|-i|--ledger|-l|--tower|--tower-storage|--authorized-voter|--vote-account) option=$word ;;
                (--identity=*|--ledger=*|--tower=*|--tower-storage=*|--authorized-voter=*|--vote-account=*) named "${word%%=*}" "${word#*=}" ;;
                (--no-voting|--restricted-repair-only-mode) echo "flag $word" ;;
                (wait-for-restart-window) echo "command $word" ;;
              esac
            done
          }
        done 2>/dev/null
        """);

    private static ShellScript Place(ValidatorNodeSettings settings) => ShellScript.Create(
        $$"""
        test ! -d {{settings.Ledger}} || echo "place $(cat /proc/sys/kernel/random/boot_id) $(stat -Lc %d:%i {{settings.Ledger}})"
        test ! -r /proc/uptime || echo "uptime $(cut -d' ' -f1 /proc/uptime)"
        """);

    private static string FileOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static ShellScript Words(IEnumerable<string> paths) =>
        paths.Distinct(StringComparer.Ordinal).Select(path => ShellScript.Create($"{path}")).Aggregate((words, word) => ShellScript.Create($"{words} {word}"));
}
