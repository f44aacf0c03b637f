using System.Globalization;

namespace Tachyon.Failover.Nodes;

/// <summary>Reads the output of the inspecting script for one process.</summary>
internal sealed class StartCommandReader
{
    private const string LeadsAtOnce = "--no-wait-for-vote-to-start-leader";

    private readonly int _id;
    private readonly int _parent;
    private readonly List<StartPath> _voters = [];
    private StartPath? _ledger;
    private StartPath? _identity;
    private StartPath? _tower;
    private StartPath? _voteAccount;
    private string? _towerStorage;
    private readonly List<string> _flags = [];
    private bool _isCommand;
    private bool _leadsAtOnce;

    /// <param name="ids">The process id and its parent's.</param>
    public StartCommandReader(string ids)
    {
        var (id, parent) = NodeInspectionReader.Halves(ids);
        _id = int.TryParse(id, CultureInfo.InvariantCulture, out var number) ? number : 0;
        _parent = int.TryParse(parent, CultureInfo.InvariantCulture, out number) ? number : 0;
    }

    /// <summary>
    /// The validators among the processes. A process with an identity but neither a voter nor the ledger of the settings is another program: <c>ssh -i KEY -l USER</c> has the same letters.
    /// A launcher with the same arguments, such as <c>sudo</c> or a supervisor, is not the validator itself.
    /// </summary>
    /// <param name="processes">The processes.</param>
    /// <param name="towersAreInLedger">Whether the settings have towers and ledger in one folder, as with a validator without <c>--tower</c>.</param>
    public static IReadOnlyList<StartCommand> Validators(IReadOnlyCollection<StartCommandReader> processes, bool towersAreInLedger)
    {
        var validators = processes.Where(process => process is { _identity: not null, IsBystander: false } && (process._voters.Count > 0 || process._ledger is { IsAsInSettings: not false })).ToList();
        return [.. validators.Where(process => !validators.Exists(other => other._parent == process._id)).Select(process => process.ToStartCommand(towersAreInLedger))];
    }

    /// <summary>Whether it is a validator of the settings' ledger, or its launcher with the same arguments; null if unknown.</summary>
    public bool? IsOnLedger => _identity is null || IsBystander ? false : _ledger is { } ledger ? ledger.IsAsInSettings : _voters.Count > 0 ? null : false;

    /// <summary>The process id.</summary>
    public int Id => _id;

    // A command of the validator's client names ledger and identity as well. A validator's identity is a keypair file, never a public key.
    private bool IsBystander => _isCommand || (_identity is { } identity && Pubkey.TryParse(identity.Path, out _));

    public void Take(string word, string value)
    {
        if (word == "command")
        {
            _isCommand = true;
            return;
        }

        if (word == "key")
        {
            var (numbers, file) = NodeInspectionReader.Halves(value);
            if (KeypairFile.TryParsePublicHalf(numbers, out var key, out _))
            {
                TakeKey(key, file);
            }

            return;
        }

        if (word == "flag")
        {
            if (value == LeadsAtOnce)
            {
                _leadsAtOnce = true;
            }
            else
            {
                _flags.Add(value);
            }

            return;
        }

        var (same, path) = NodeInspectionReader.Halves(value);
        var named = new StartPath { Path = path, IsAsInSettings = same == "unknown" ? null : same == "same" };

        // A launcher may have options with the same letters before the validator's own: the last one counts.
        switch (word)
        {
            case "ledger":
                _ledger = named;
                break;
            case "identity":
                _identity = named;
                break;
            case "tower":
                _tower = named;
                break;
            case "tower-storage":
                _towerStorage = path;
                break;
            case "vote-account":
                // An address, or a keypair file whose key is the address.
                _voteAccount = named.With(it => it.Key = Pubkey.TryParse(path, out var address) ? address : null);
                break;
            default:
                _voters.Add(named);
                break;
        }
    }

    // A file that is no keypair, or is not readable, has no key to show.
    private void TakeKey(Pubkey key, string file)
    {
        if (_voteAccount?.Path == file)
        {
            _voteAccount = _voteAccount.With(it => it.Key = key);
        }

        for (var i = 0; i < _voters.Count; i++)
        {
            _voters[i] = _voters[i].Path == file ? _voters[i].With(it => it.Key = key) : _voters[i];
        }
    }

    private StartCommand ToStartCommand(bool towersAreInLedger) => new()
    {
        ProcessId = _id,
        Ledger = _ledger,
        Identity = _identity,
        AuthorizedVoters = _voters,
        VoteAccount = _voteAccount,
        TowerStorage = _towerStorage,
        Flags = _flags,
        LeadsAtOnce = _leadsAtOnce,
        TowerFolder = _tower ?? (towersAreInLedger ? _ledger : _ledger is null ? null : _ledger.With(static it => it.IsAsInSettings = false)),
    };
}
