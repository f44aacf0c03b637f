using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>
/// Replays banks and votes for them with its adopted identity, which is not always the one that the validator runs:
/// for each bank it votes first, and looks for another identity after that (validator.md 1.4). A turn that needs the key
/// while a call waits for the key lock halts until the call has ended.
/// </summary>
internal sealed class ReplayLoop
{
    /// <summary>A bank that is replayed later than this is one that a stopped process catches up with.</summary>
    private static readonly TimeSpan StaleAge = TimeSpan.FromSeconds(2);

    /// <summary>The number of banks that a starting validator replays, and votes for, before it has caught up.</summary>
    private const int CatchUpBanks = 3;

    private readonly ValidatorOptions _options;
    private readonly NodeEvents _events;
    private readonly ITowerStore _towers;
    private readonly KeyLock _keyLock;
    private readonly VotingThread _voting;
    private readonly SeededRandom _random;
    private readonly LedgerView _ledger = new();
    private readonly List<Bank> _waiting = [];
    private readonly HashSet<Pubkey> _voters;
    private readonly LiveTower _tower;
    private bool _running;
    private bool _stalled;
    private DateTimeOffset _busyUntil;
    private DateTimeOffset _lastFreeze;
    private int _staleVotes;
    private ulong? _adoptedAt;

    public ReplayLoop(ValidatorOptions options, NodeEvents events, ITowerStore towers, KeyLock keyLock, VotingThread voting, SeededRandom random)
    {
        _options = options;
        _events = events;
        _towers = towers;
        _keyLock = keyLock;
        _voting = voting;
        _random = random;
        _voters = [.. options.Voters];
        _tower = new LiveTower(_ledger);
        Adopted = options.Identity;
        Running = options.Identity;
    }

    /// <summary>The identity that replay votes with.</summary>
    public Pubkey Adopted { get; private set; }

    /// <summary>The identity that the validator runs. Replay adopts it at its next turn.</summary>
    public Pubkey Running { get; set; }

    /// <summary>The newest replayed bank; null before the first.</summary>
    public Bank? Newest { get; private set; }

    /// <summary>Raised for each log line.</summary>
    public Action<string> Log { get; set; } = static _ => { };

    /// <summary>Raised with the reason when the process must exit.</summary>
    public Action<string> Exit { get; set; } = static _ => { };

    /// <summary>Whether it has the voter that the vote account names.</summary>
    public bool HasAuthorizedVoter => _voters.Contains(_options.AuthorizedVoter);

    /// <summary>
    /// Whether one of its votes since it has adopted an identity is rooted. Until then it skips its leader slots (validator.md, "Leader slots after a promotion").
    /// </summary>
    public bool HasRootedItsVote => _adoptedAt is not { } adopted || _tower.Stack.Root >= adopted;

    /// <summary>Adds a voter. Voting resumes with the next bank.</summary>
    /// <returns>False if it has the voter already.</returns>
    public bool AddVoter(Pubkey voter) => _voters.Add(voter);

    /// <summary>Removes all voters: it generates no vote from now on.</summary>
    public void RemoveVoters() => _voters.Clear();

    /// <summary>The banks that the validator finds when it starts, oldest first.</summary>
    public void Start(IReadOnlyList<Bank> history)
    {
        foreach (var bank in history)
        {
            _ledger.Add(bank);
        }

        Newest = history[^1];
        _events.Schedule(_options.StartTime, () =>
        {
            if (!LoadTowerAtStart())
            {
                return;
            }

            var behind = history.Skip(Math.Max(0, history.Count - CatchUpBanks)).Concat(_waiting).ToArray();
            _waiting.Clear();
            foreach (var bank in behind)
            {
                Replay(bank);

                // Banks that are all there at once show which fork continued.
                if (_ledger.IsOn(bank.Slot, behind[^1]))
                {
                    TryVote(bank);
                }
            }

            _running = true;
        });
    }

    /// <summary>Whether the validator has caught up.</summary>
    public bool IsRunning => _running;

    /// <summary>A block is complete. It is replayed some milliseconds later.</summary>
    public void OnBank(Bank bank)
    {
        var at = _events.Now + _random.Milliseconds(2, _options.LongestReplay.TotalMilliseconds);
        if (!_ledger.Knows(bank.ParentSlot))
        {
            // A block whose parent never reached the node.
            return;
        }

        // One after the other, also when many arrive at once.
        _lastFreeze = at > _lastFreeze ? at : _lastFreeze;
        _ledger.Add(bank);
        _events.ScheduleAt(_lastFreeze, () => OnFrozen(bank));
    }

    /// <summary>Tells how long the process was stopped, and so how much it has to catch up with. It first sends one or two votes for slots long past.</summary>
    public void OnWoken()
    {
        _busyUntil = _events.Now + TimeSpan.FromSeconds(2);
        _staleVotes = 0;
        _events.ScheduleAt(_busyUntil, ResumeIfFree);
    }

    /// <summary>The key was swapped, or the same one was set again. A halted turn continues.</summary>
    public void OnLockReleased()
    {
        if (!_stalled)
        {
            return;
        }

        _stalled = false;
        ResumeIfFree();
    }

    /// <summary>A replay that has not caught up, is halted or is busy continues after that.</summary>
    private void ResumeIfFree()
    {
        if (_running && !_stalled && _events.Now >= _busyUntil)
        {
            Resume();
        }
    }

    private void OnFrozen(Bank bank)
    {
        if (!_running || _stalled || (_events.Now < _busyUntil && !MayVoteStale(bank)))
        {
            _waiting.Add(bank);
            return;
        }

        Replay(bank);
        TryVote(bank);
        EndTurn();
    }

    private bool MayVoteStale(Bank bank) => _waiting.Count == 0 && IsStale(bank) && ++_staleVotes <= 2;

    private bool IsStale(Bank bank) => _events.Now < _busyUntil && _events.Now - bank.CompletedAt > StaleAge;

    private void EndTurn()
    {
        if (_keyLock.IsWaiting)
        {
            _stalled = true;
        }
        else if (!Running.Equals(Adopted))
        {
            Adopt();
        }
    }

    /// <summary>
    /// Banks that freeze while the turn is halted are replayed in the same turn, before the new identity's tower is read. So these banks
    /// cannot heal it. Only a bank that freezes between the read and the first vote can.
    /// </summary>
    private void Resume()
    {
        foreach (var bank in _waiting)
        {
            Replay(bank);
        }

        _waiting.Clear();
        if (!Running.Equals(Adopted))
        {
            Adopt();
        }
        else if (Newest is not null)
        {
            TryVote(Newest);
        }
    }

    private void Replay(Bank bank)
    {
        Newest = bank;
        _tower.TakeOver(bank);
    }

    private void Adopt()
    {
        var before = Adopted;
        if (!LoadTower(Running))
        {
            return;
        }

        Adopted = Running;
        _adoptedAt = Newest!.Slot;
        Log($"Identity changed from {before} to {Adopted}");

        // The next turn may vote for the very bank at which the identity was adopted.
        _events.Schedule(_random.Milliseconds(2, 20), () =>
        {
            if (!_stalled && Newest is not null)
            {
                TryVote(Newest);
            }
        });
    }

    /// <summary>At its start, the real program is less strict than at a change of identity: it replaces an unusable tower by a new one.</summary>
    private bool LoadTowerAtStart()
    {
        var saved = _towers.Load(Adopted);
        if ((saved.Error ?? _tower.Restore(saved.Stack, Newest!)) is not { } error)
        {
            return true;
        }

        if (_options.RequireTower && Newest!.VoteAccount.LastSlot is not null)
        {
            Exit($"Requested mandatory tower restore failed: {error}");
            return false;
        }

        Log($"Rebuilding a new tower from the latest vote account due to failed tower restore: {error}");
        _tower.Restore(saved: null, Newest!);
        return true;
    }

    /// <summary>Reads the file a second time.</summary>
    private bool LoadTower(Pubkey identity)
    {
        var saved = _towers.Load(identity);
        if (saved.Stack is null && !saved.IsMissing)
        {
            Exit($"Unable to load new tower when attempting to change identity to {identity} on set-identity, Exiting: {saved.Error}");
            return false;
        }

        if (_tower.Restore(saved.Stack, Newest!) is { } error)
        {
            Exit($"Failed to load tower for {identity}: {error}");
            return false;
        }

        return true;
    }

    private void TryVote(Bank bank)
    {
        // A hot spare generates no vote and saves no tower. The same is true of a validator without the voter.
        if (!Adopted.Equals(_options.VoteAccountNode) || (!HasAuthorizedVoter && !_options.SealedTowerGrows))
        {
            return;
        }

        if (_tower.Vote(bank) && HasAuthorizedVoter)
        {
            _voting.Submit(Adopted, _tower.Stack, bank, IsStale(bank));
        }
    }
}
