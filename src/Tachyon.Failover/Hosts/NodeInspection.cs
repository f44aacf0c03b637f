using Tachyon.Failover.Identities;
using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Hosts;

/// <summary>The script that looks at a node's set-up, and the reading of what it prints: a word and a value on each line.</summary>
internal static class NodeInspection
{
    // The private half of a keypair stays where it is: `cut` lets only the numbers 33 to 64, which are the public half, out,
    // and nothing of a file without commas.
    public static ShellScript Script(ValidatorNodeSettings settings) => ShellScript.Create(
        $$"""
        public_half() { tr -cd '0-9,' <"$1" | cut -d, -s -f33-64; }
        if v=$({{settings.Program}} -l {{settings.Ledger}} --version 2>&1); then echo "version $v"; else echo "noversion $v"; fi | head -n 1
        test ! -r {{settings.StakedKeypair}} || echo "staked $(public_half {{settings.StakedKeypair}} 2>&1)"
        test ! -r {{settings.UnstakedKeypair}} || echo "unstaked $(public_half {{settings.UnstakedKeypair}} 2>&1)"
        for tool in base64 cat chmod cut date flock head ln mv readlink rm sha256sum sleep stat sync tail timeout tr; do
          command -v "$tool" >/dev/null || echo "missing $tool"
        done
        for folder in {{Words([settings.Ledger, settings.Towers, PosixText.FolderOf(settings.IdentityLink)])}}; do
          test -d "$folder" || { echo "nofolder $folder"; continue; }
          test -w "$folder" || echo "unwritable $folder"
        done
        for file in {{Words([settings.StakedKeypair, settings.UnstakedKeypair, .. settings.Voters])}}; do
          test -r "$file" || { echo "unreadable $file"; continue; }
          case $(stat -Lc %a "$file") in (?00) ;; (*) echo "readable-by-others $file" ;; esac
        done
        true
        """);

    public static ValidatorInspection Parse(string output, ValidatorNodeSettings settings)
    {
        string? version = null;
        Pubkey? staked = null;
        Pubkey? unstaked = null;
        var problems = new List<string>();
        var warnings = new List<string>();
        foreach (var line in output.Split('\n'))
        {
            var (word, value) = line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? (line[..end], line[(end + 1)..]) : (line, "");
            switch (word)
            {
                case "version" when value.Contains("tachyon", StringComparison.OrdinalIgnoreCase) || value.Contains("validator", StringComparison.OrdinalIgnoreCase):
                    version = value;
                    break;
                case "version" or "noversion":
                    problems.Add($"The program {settings.Program} did not say its version ('{value}'); name the validator's program.");
                    break;
                case "staked":
                    staked = ReadKey(value, settings.StakedKeypair, problems);
                    break;
                case "unstaked":
                    unstaked = ReadKey(value, settings.UnstakedKeypair, problems);
                    break;
                case "missing":
                    problems.Add($"The program '{value}' is missing on the node; install coreutils and util-linux.");
                    break;
                case "nofolder":
                    problems.Add($"The folder {value} does not exist; mend the path in the settings.");
                    break;
                case "unwritable":
                    problems.Add($"The folder {value} is not writable for the user; name a user in RunAs who may write it.");
                    break;
                case "unreadable":
                    problems.Add($"The keypair file {value} is missing or not readable for the user; mend the path, or name a user in RunAs who may read it.");
                    break;
                case "readable-by-others":
                    warnings.Add($"The keypair file {value} is open to others than its owner; run: chmod 600 {ShellScript.Create($"{value}")}");
                    break;
                default:
                    // A word of a program that the script started; it stands in the value of a line above or means nothing here.
                    break;
            }
        }

        return new ValidatorInspection { Version = version, StakedIdentity = staked, UnstakedIdentity = unstaked, Problems = problems, Warnings = warnings };
    }

    private static Pubkey? ReadKey(string numbers, string path, List<string> problems)
    {
        if (KeypairFile.TryParsePublicHalf(numbers, out var pubkey, out var problem))
        {
            return pubkey;
        }

        problems.Add($"The file {path} {problem}; name the JSON file of 64 numbers that solana-keygen wrote.");
        return null;
    }

    private static ShellScript Words(IEnumerable<string> paths) =>
        paths.Distinct(StringComparer.Ordinal).Select(path => ShellScript.Create($"{path}")).Aggregate((words, word) => ShellScript.Create($"{words} {word}"));
}
