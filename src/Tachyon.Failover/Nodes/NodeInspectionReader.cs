using System.Globalization;
using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Nodes;

/// <summary>Reads the output of the <see cref="NodeInspection"/> script.</summary>
internal sealed class NodeInspectionReader(ValidatorNodeSettings settings)
{
    /// <summary>A switchover writes at most some kilobytes. A disk with less space than this will soon stop the validator itself.</summary>
    private const long LeastSpace = 64L * 1024 * 1024;

    private readonly List<SetupProblem> _problems = [];
    private readonly List<StartCommandReader> _processes = [];
    private readonly List<Pubkey?> _voters = [];
    private ValidatorInspection _found = new();
    private bool _seesProcesses;
    private bool _showsAll;
    private bool _isSearchable;
    private DateTimeOffset? _socketSince;
    private bool _towersAreInLedger = true;
    private string _boot = "";
    private string? _ledgerInode;

    public static ValidatorInspection Read(string output, ValidatorNodeSettings settings)
    {
        var reader = Take(output, settings);
        return reader._found.With(it =>
        {
            it.ProgramFile = settings.Program;
            it.Problems = reader._problems;
            it.LedgerPlace = reader._ledgerInode is { } inode ? $"{reader._boot} {inode}" : null;
            it.AuthorizedVoters = reader._voters is { Count: > 0 } voters && !voters.Contains(null) ? [.. voters.OfType<Pubkey>()] : null;
            it.Processes = reader._seesProcesses ? StartCommandReader.Validators(reader._processes, reader._towersAreInLedger) : null;
        });
    }

    /// <summary>The users who may run the validator of the settings, and the state of its socket.</summary>
    public static LedgerProbe ReadLedger(string output, ValidatorNodeSettings settings)
    {
        var reader = Take(output, settings);
        return LedgerProbe.Of(reader._processes, reader is { _seesProcesses: true, _showsAll: true }, reader._isSearchable, reader._found.Began, reader._socketSince);
    }

    private static NodeInspectionReader Take(string output, ValidatorNodeSettings settings)
    {
        var reader = new NodeInspectionReader(settings);
        foreach (var line in output.Split('\n'))
        {
            var (word, value) = Halves(line);
            reader.Take(word, ForeignText.Clean(value));
        }

        return reader;
    }

    private void Take(string word, string value)
    {
        switch (word)
        {
            case "began" or "ended" when Clock(value) is { } clock:
                _found = word == "began" ? _found.With(it => it.Began = clock) : _found.With(it => it.Ended = clock);
                break;
            case "history" when Pubkey.TryParse(value, out var voted):
                _found = _found.With(it => it.NewerVoteHistories = [.. it.NewerVoteHistories, voted]);
                break;
            case "version" when value.Contains("tachyon", StringComparison.OrdinalIgnoreCase) || value.Contains("validator", StringComparison.OrdinalIgnoreCase):
                _found = _found.With(it => it.Version = it.ProgramSaid = value);
                break;
            case "version" or "noversion":
                _found = _found.With(it => it.ProgramSaid = value);
                Add(SetupProblem.Access, $"the program {settings.Program} did not say its version ('{value}')", "the validator's program, executable for the user", $"name it in {nameof(ValidatorNodeSettings.Program)}, with its absolute path");
                break;
            case "hangs":
                Add(SetupProblem.Access, FormattableString.Invariant($"the program {settings.Program} did not say its version within {settings.TimeLimits.Command.TotalSeconds:0.###} s"), "a validator's program that answers", $"find out what keeps the node busy, or raise {nameof(ValidatorTimeLimits)}.{nameof(ValidatorTimeLimits.Command)}");
                break;
            case "staked":
                _found = _found.With(it => it.StakedIdentity = ReadKey(value, settings.StakedKeypair));
                break;
            case "unstaked":
                _found = _found.With(it => it.UnstakedIdentity = ReadKey(value, settings.UnstakedKeypair));
                break;
            case "settings-voter":
                _voters.Add(KeypairFile.TryParsePublicHalf(value, out var voter, out _) ? voter : null);
                break;
            case "missing":
                Add(SetupProblem.Tools, $"the program '{value}' is missing", "coreutils, grep, sed and util-linux", "apt-get install coreutils grep sed util-linux");
                break;
            case "space":
                TakeSpace(value);
                break;
            case "free":
                _found = _found.With(static it => it.IsLocked = false);
                break;
            case "held":
                _found = _found.With(it => { it.IsLocked = true; it.LockHolder = value.Length == 0 ? null : value; });
                break;
            case "file":
                TakeFile(value);
                break;
            case "boot":
                _boot = value;
                break;
            case "uptime" when double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds):
                _found = _found.With(it => it.Uptime = TimeSpan.FromSeconds(seconds));
                break;
            case "towers-elsewhere":
                _towersAreInLedger = false;
                break;
            case "processes":
                _seesProcesses = true;
                break;
            case "all-processes":
                _showsAll = true;
                break;
            case "searchable":
                _isSearchable = true;
                break;
            case "socket":
                _socketSince = Clock(value);
                break;
            case "process":
                _processes.Add(new StartCommandReader(value));
                break;
            case "ledger" or "identity" or "tower" or "tower-storage" or "voter" or "vote-account" or "key" or "flag" or "command" when _processes.Count > 0:
                _processes[^1].Take(word, value);
                break;
            default:
                TakeDenial(word, value);
                break;
        }
    }

    /// <summary>A missing file or permission. Any other word comes from a program that the script started, and is ignored.</summary>
    private void TakeDenial(string word, string value)
    {
        const string RunAs = $"name a user with access in {nameof(ValidatorNodeSettings.RunAs)}";
        switch (word)
        {
            case "nofolder":
                Add(SetupProblem.Access, $"the folder {value} does not exist", "a folder", "correct the path in the settings");
                break;
            case "unwritable":
                Add(SetupProblem.Access, $"the folder {value} is not writable for the user", "a folder that the user may write", RunAs);
                break;
            case "unreadable":
                Add(SetupProblem.Access, $"the keypair file {value} is missing or not readable for the user", "a file that the user may read", $"correct the path, or {RunAs}");
                break;
            case "unreachable":
                Add(SetupProblem.Access, $"{value} is closed to the user", "the validator's own user, who alone has access", RunAs);
                break;
            case "root-for":
                Add(SetupProblem.Access, $"the login is root, and the ledger {settings.Ledger} belongs to {value}", "the ledger's owner: a link in the folder could make root write elsewhere", $"name {value} in {nameof(ValidatorNodeSettings.RunAs)}");
                break;
            case "nolock":
                Add(SetupProblem.Access, $"the lock file {value} is closed to the user", "a file that the user may write", $"{RunAs}, or remove it if no coordinator is at work");
                break;
        }
    }

    /// <summary>The mode, the place and the path of a file: a keypair, the ledger or the lock.</summary>
    private void TakeFile(string value)
    {
        if (value.Split(' ', 3) is not [var mode, var place, var path])
        {
            return;
        }

        if (path == settings.Ledger)
        {
            _ledgerInode = place;
        }
        else if (path != settings.LockFile && mode is not [_, '0', '0'])
        {
            Add(SetupProblem.KeypairPermissions, $"the keypair file {path} is open to others than its owner", "mode 600 or 400", OperatorCommand.Of(settings, ShellScript.Create($"chmod 600 {path}")));
        }
    }

    private void TakeSpace(string value)
    {
        var words = value.Split(' ', 3);
        if (words.Length == 3
            && long.TryParse(words[0], CultureInfo.InvariantCulture, out var blocks)
            && long.TryParse(words[1], CultureInfo.InvariantCulture, out var size)
            && blocks * size < LeastSpace)
        {
            Add(SetupProblem.Disk, $"the disk of {words[2]} has {blocks * size / 1024} KiB left", $"{LeastSpace / 1024 / 1024} MiB or more", "make room there");
        }
    }

    private Pubkey? ReadKey(string numbers, string path)
    {
        if (KeypairFile.TryParsePublicHalf(numbers, out var pubkey, out var problem))
        {
            return pubkey;
        }

        Add(SetupProblem.Access, $"the file {path} {problem}", "a keypair", "name the JSON file of 64 numbers that solana-keygen wrote");
        return null;
    }

    private void Add(string code, string seen, string expected, string remedy) =>
        _problems.Add(new SetupProblem { Code = code, Seen = seen, Expected = expected, Remedy = remedy });

    internal static (string Word, string Value) Halves(string line) =>
        line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? (line[..end], line[(end + 1)..]) : (line, "");

    private static DateTimeOffset? Clock(string nanoseconds) =>
        long.TryParse(nanoseconds, CultureInfo.InvariantCulture, out var count) ? DateTimeOffset.UnixEpoch.AddTicks(count / 100) : null;
}
