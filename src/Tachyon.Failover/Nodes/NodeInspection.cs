using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Nodes;

/// <summary>
/// The script that inspects a node's set-up in one round trip. It prints a word and a value on each line, which <see cref="NodeInspectionReader"/>
/// reads, and writes to no disk.
/// </summary>
/// <remarks>
/// To start a program is what costs, above all on a busy node. So one program reads all files of a kind, and the shell itself does the rest.
/// </remarks>
internal static class NodeInspection
{
    /// <summary>
    /// The shell functions that read the public halves of keypair files. <c>halves FILE...</c> reads the files and adds to <c>$keys</c> the path and the numbers of each that
    /// has them, a line each. <c>half_of FILE</c> puts the numbers of one of them into <c>$half</c>, which is empty if it has none.
    /// </summary>
    /// <remarks>
    /// The private half of a keypair never leaves the node, nor does it get into the shell: <c>sed</c> passes only the numbers 33 to 64, the public half, and nothing of a file
    /// that is anything but one array of 64 numbers. A file that never ends costs at most five seconds and 256 MiB.
    /// </remarks>
    internal static readonly ShellScript PublicHalves = ShellScript.Create(
        $$"""
        line='
        '
        keys=$line
        halves() {
          keys=$keys$(ulimit -v 262144; timeout -k 1 5 sed -snE '1h;1!H;$!d;x;s/[[:space:]]//g;/^\[([0-9]{1,3},){63}[0-9]{1,3}\]$/!d;s/^\[([0-9]+,){32}//;s/\]//;F;p' "$@" 2>/dev/null)$line
        }
        half_of() {
          half=${keys#*"$line$1$line"}
          if test "$half" = "$keys"; then half=; else half=${half%%"$line"*}; fi
        }
        """);

    /// <summary>How long an inspection may take on the node: as long as some of its commands.</summary>
    public static TimeSpan LimitOf(ValidatorNodeSettings settings) => 3 * settings.TimeLimits.Command;

    public static ShellScript Script(ValidatorNodeSettings settings) => NodeTimeLimit.Of(LimitOf(settings), ShellScript.Lines(
        ShellScript.Create($"line_shell=$1"),
        ShellScript.Create($"date +'began %s%N'"),
        PublicHalves,
        Keypairs(settings),
        Files(settings),
        Program(settings),
        Tools(),
        Folders(settings),
        VoteHistories(settings),
        Lock(settings),
        EveryProcess(settings, Keys),
        Machine(),
        ShellScript.Create($"date +'ended %s%N'"),
        ShellScript.Create($"true")));

    /// <summary>The script that lists the processes alone, without the keys in their files.</summary>
    public static ShellScript Processes(ValidatorNodeSettings settings) =>
        NodeTimeLimit.Of(settings.TimeLimits.Command, ShellScript.Lines(ShellScript.Create($"date +'began %s%N'"), EveryProcess(settings, ShellScript.Create($":")), ShellScript.Create($"true")));

    private static ShellScript Keypairs(ValidatorNodeSettings settings) => ShellScript.Create(
        $$"""
        set --
        for file in {{Words([settings.StakedKeypair, settings.UnstakedKeypair, .. settings.Voters])}}; do
          if test ! -r "$file"; then printf 'unreadable %s\n' "$file"; elif test -f "$file"; then set -- "$@" "$file"; fi
        done
        test $# -eq 0 || halves "$@"
        test ! -r {{settings.StakedKeypair}} || { half_of {{settings.StakedKeypair}}; printf 'staked %s\n' "$half"; }
        test ! -r {{settings.UnstakedKeypair}} || { half_of {{settings.UnstakedKeypair}}; printf 'unstaked %s\n' "$half"; }
        for file in {{Words(settings.Voters)}}; do half_of "$file"; printf 'settings-voter %s\n' "$half"; done
        """);

    // Of the keypairs that were read, of the ledger and, last, of the lock file.
    private static ShellScript Files(ValidatorNodeSettings settings) => ShellScript.Create(
        $$"""
        test ! -d {{settings.Ledger}} || set -- "$@" {{settings.Ledger}}
        test ! -e {{settings.LockFile}} || set -- "$@" {{settings.LockFile}}
        files=
        test $# -eq 0 || files=$(stat -Lc 'file %a %d:%i %n' "$@" 2>/dev/null)
        printf '%s\n' "$files"
        """);

    private static ShellScript Program(ValidatorNodeSettings settings) => ShellScript.Create(
        $$"""
        v=$({ {{NodeTimeLimit.OfCommand(settings.TimeLimits.Command, ShellScript.Create($"{settings.Program} -l {settings.Ledger} --version"))}}; printf '\n%s' $?; } 2>&1 | head -c 4096)
        case ${v##*"$line"} in (0) said=version ;; (124 | 137) said=hangs ;; (*) said=noversion ;; esac
        printf '%s %s\n' "$said" "${v%%"$line"*}"
        """);

    private static ShellScript Tools() => ShellScript.Create(
        $"""
        for tool in base64 cat chmod date flock grep head ln mv readlink rm sed setsid sha256sum sleep stat sync tail timeout tr; do
          command -v "$tool" >/dev/null || printf 'missing %s\n' "$tool"
        done
        """);

    private static ShellScript Folders(ValidatorNodeSettings settings) => ShellScript.Create(
        $$"""
        set --
        for folder in {{Words([settings.Ledger, settings.Towers, PosixText.FolderOf(settings.IdentityLink)])}}; do
          test -d "$folder" || { printf 'nofolder %s\n' "$folder"; continue; }
          test -w "$folder" && test -x "$folder" || printf 'unwritable %s\n' "$folder"
          set -- "$@" "$folder"
        done
        test $# -eq 0 || stat -f -c 'space %a %S %n' "$@"
        admin={{settings.Ledger}}/admin.rpc
        test ! -S "$admin" || test -w "$admin" || printf 'unreachable %s\n' "$admin"
        """);

    // Both files must exist: an old vote history alone may be from another cluster.
    private static ShellScript VoteHistories(ValidatorNodeSettings settings) => ShellScript.Create(
        $$"""
        for history in {{settings.Ledger}}/vote_history-*.bin; do
          key=${history##*/vote_history-}; key=${key%.bin}
          test ! -e {{settings.Towers}}/tower-1_9-"$key".bin || test ! "$history" -nt {{settings.Towers}}/tower-1_9-"$key".bin || printf 'history %s\n' "$key"
        done
        """);

    // Even a short lock would refuse another coordinator at that moment. So the script takes none, and asks who holds it.
    private static ShellScript Lock(ValidatorNodeSettings settings) => ShellScript.Create(
        $$"""
        {{LockHolder.Functions(settings.LockFile)}}
        if test -e {{settings.LockFile}}; then
          test -r {{settings.LockFile}} && test -w {{settings.LockFile}} || printf 'nolock %s\n' {{settings.LockFile}}
          who
          if test "$shell" = "$line_shell"; then echo free
          elif test "/proc/$shell/fd/9" -ef {{settings.LockFile}}; then printf 'held %s\n' "$holder"
          elif taken; then named || nameless; printf 'held %s\n' "$holder"
          else echo free; fi
        else
          echo free
        fi 2>/dev/null
        """);

    // The keys in the files that a process names, each file once. Those of another ledger matter to nobody.
    private static ShellScript Keys => ShellScript.Create(
        $$"""
        test "$where" != other || holders=
        while test -n "$holders"; do
          at=${holders%%"$line"*}; holders=${holders#*"$line"}
          name=${holders%%"$line"*}; holders=${holders#*"$line"}
          half_of "$at"
          test -n "$half" || { halves "$at"; half_of "$at"; }
          test -z "$half" || printf 'key %s %s\n' "$half" "$name"
        done
        """);

    // A launcher is a separate process or precedes the options, and paths may be relative. The first `grep` finds the processes that name an
    // identity, and the second reads the words of ours that matter, each with the one after it. A line end in a word becomes a space. A ledger with the same name counts as the same, even if the folder was replaced. If a
    // kernel hides the processes of other users (hidepid), the ledger owner's processes suffice for the ledger's owner. A vote account is an address or a file.
    private static ShellScript EveryProcess(ValidatorNodeSettings settings, ShellScript keys) => ShellScript.Create(
        $$"""
        resolve() {
          case $1 in
            (/*) at=$1; return ;;
            (*) test -n "$asked" || { cwd=$(readlink "/proc/$process/cwd"); asked=yes; } ;;
          esac
          at=${cwd:+$cwd/$1}
        }
        named() {
          as=other
          case $1 in
            (--identity|-i) word=identity; resolve "$2"; test "${at##*/}" = {{FileOf(settings.IdentityLink)}} && test "${at%/*}/" -ef {{PosixText.FolderOf(settings.IdentityLink)}} && as=same ;;
            (--ledger|-l) word=ledger; resolve "$2"; { test "$at" = {{settings.Ledger}} || test "$at" -ef {{settings.Ledger}}; } && as=same ;;
            (--tower) word=tower; resolve "$2"; test "$at" -ef {{settings.Towers}} && as=same ;;
            (--vote-account) word=vote-account; at=-; { test ${#2} -lt 32 || test "${2#*[!1-9A-HJ-NP-Za-km-z]}" != "$2"; } && resolve "$2" ;;
            (--tower-storage) word=tower-storage; at=- ;;
            (*) word=voter; resolve "$2"; for file in {{Words(settings.Voters)}}; do test "$at" -ef "$file" && as=same at=$file; done ;;
          esac
          test -n "$at" || as=unknown
          printf '%s %s %s\n' "$word" "$as" "$2"
          case $word in
            (ledger) where=$as ;;
            (voter|vote-account) test ! -f "$at" || test ! -r "$at" || holders=$holders$at$line$2$line ;;
          esac
        }
        keys_of_process() {
          {{keys}}
        }
        {{OwnProcesses.Functions(settings)}}
        case $worker:${1:-0} in (0:0) ;; (0:*) printf 'root-for %s\n' "$(stat -Lc %U {{settings.Ledger}})" ;; esac
        test ! -d /proc/self || echo "processes"
        test -r /proc/1/cmdline || test -O {{settings.Ledger}} && echo "all-processes"
        test {{settings.Ledger}} -ef {{settings.Towers}} || echo "towers-elsewhere"
        all=$(grep -lsEz '^(--identity(=.*)?|-i)$' /proc/[0-9]*/cmdline)
        set --
        for file in $all; do
          process=${file#/proc/}; process=${process%%/*}
          ! ours "$process" || set -- "$@" "$file"
        done
        test $# -eq 0 || grep -sHazE -A1 --no-group-separator {{OptionsThatMatter}} "$@" | tr '\n\0' ' \n' | {
          process= option= holders= where=
          while IFS= read -r word; do
            id=${word#/proc/}; id=${id%%/*}; word=${word#*cmdline?}
            if test "$id" != "$process"; then
              keys_of_process
              process=$id option= holders= where= asked=
              real_user "$process"
              printf 'process %s %s\n' "$process" "$parent"
            fi
            if test -n "$option"; then named "$option" "$word"; option=; continue; fi
            case $word in
              (--identity|-i|--ledger|-l|--tower|--tower-storage|--authorized-voter|--vote-account) option=$word ;;
              (--identity=*|--ledger=*|--tower=*|--tower-storage=*|--authorized-voter=*|--vote-account=*) named "${word%%=*}" "${word#*=}" ;;
              (--no-voting|--restricted-repair-only-mode|--no-wait-for-vote-to-start-leader) printf 'flag %s\n' "$word" ;;
              (wait-for-restart-window) printf 'command %s\n' "$word" ;;
            esac
          done
          keys_of_process
        } 2>/dev/null
        """);

    private static string OptionsThatMatter =>
        "^(-[il]|--(identity|ledger|tower|tower-storage|authorized-voter|vote-account)(=.*)?|--no-voting|--restricted-repair-only-mode|--no-wait-for-vote-to-start-leader|wait-for-restart-window)$";

    private static ShellScript Machine() => ShellScript.Create(
        $$"""
        test ! -r /proc/sys/kernel/random/boot_id || { read -r boot </proc/sys/kernel/random/boot_id; printf 'boot %s\n' "$boot"; }
        test ! -r /proc/uptime || { read -r up rest </proc/uptime; printf 'uptime %s\n' "$up"; }
        """);

    private static string FileOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static ShellScript Words(IEnumerable<string> paths) =>
        paths.Distinct(StringComparer.Ordinal).Select(path => ShellScript.Create($"{path}")).Aggregate((words, word) => ShellScript.Create($"{words} {word}"));
}
