using System.Globalization;
using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Hosts;

/// <summary>Reads what the inspecting script prints of one process.</summary>
internal sealed class StartCommandReader
{
    private readonly int _id;
    private readonly int _parent;
    private readonly List<StartPath> _voters = [];
    private StartPath? _ledger;
    private StartPath? _identity;
    private StartPath? _tower;
    private bool _isCommand;

    /// <param name="ids">The process and its parent.</param>
    public StartCommandReader(string ids)
    {
        var (id, parent) = NodeInspectionReader.Halves(ids);
        _id = int.TryParse(id, CultureInfo.InvariantCulture, out var number) ? number : 0;
        _parent = int.TryParse(parent, CultureInfo.InvariantCulture, out number) ? number : 0;
    }

    /// <summary>
    /// The validators among the processes. What names an identity and neither a voter nor the ledger of the settings is something else: <c>ssh -i KEY -l USER</c> has the same letters. What has
    /// started another one of them with the same arguments, such as <c>sudo</c> or a supervisor, is not the validator itself.
    /// </summary>
    /// <param name="processes">The processes.</param>
    /// <param name="towersAreInLedger">Whether the settings have towers and ledger in one folder, as a validator without <c>--tower</c> has.</param>
    public static IReadOnlyList<StartCommand> Validators(IReadOnlyCollection<StartCommandReader> processes, bool towersAreInLedger)
    {
        var validators = processes.Where(process => process is { _identity: not null, IsBystander: false } && (process._voters.Count > 0 || process._ledger is { IsAsInSettings: not false })).ToList();
        return [.. validators.Where(process => !validators.Exists(other => other._parent == process._id)).Select(process => process.ToStartCommand(towersAreInLedger))];
    }

    /// <summary>Whether it is a validator of the settings' ledger, or has started one with the same arguments; null if that cannot be told.</summary>
    public bool? IsOnLedger => _identity is null || IsBystander ? false : _ledger is { } ledger ? ledger.IsAsInSettings : _voters.Count > 0 ? null : false;

    /// <summary>The process.</summary>
    public int Id => _id;

    // A command of the client that talks to the validator, or waits for it, names ledger and identity as well. A validator's identity is a keypair file, never a public key.
    private bool IsBystander => _isCommand || (_identity is { } identity && Pubkey.TryParse(identity.Path, out _));

    public void Take(string word, string value)
    {
        if (word == "command")
        {
            _isCommand = true;
            return;
        }

        if (word == "voterkey")
        {
            // A file that is no keypair, or one that was not readable, has no key to show.
            if (_voters.Count > 0 && KeypairFile.TryParsePublicHalf(value, out var key, out _))
            {
                _voters[^1] = _voters[^1] with { Key = key };
            }

            return;
        }

        var (same, path) = NodeInspectionReader.Halves(value);
        var named = new StartPath { Path = path, IsAsInSettings = same == "unknown" ? null : same == "same" };

        // Programs that start others have options of the same letters before the validator's own: the last one counts.
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
            default:
                _voters.Add(named);
                break;
        }
    }

    private StartCommand ToStartCommand(bool towersAreInLedger) => new()
    {
        ProcessId = _id,
        Ledger = _ledger,
        Identity = _identity,
        AuthorizedVoters = _voters,
        TowerFolder = _tower ?? (towersAreInLedger ? _ledger : _ledger is null ? null : _ledger with { IsAsInSettings = false }),
    };
}
