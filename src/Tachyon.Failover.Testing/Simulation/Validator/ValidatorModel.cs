using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Gossip;
using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>
/// One validator process, from its start to its end: a key lock, a replay loop, a voting thread, and a view of gossip. It has all
/// behavior of the stand-ins; sockets, files and command lines are added around it.
/// </summary>
internal sealed class ValidatorModel : IGossipListener
{
    private readonly NodeEvents _events;
    private readonly ValidatorOptions _options;
    private readonly Uplink _link;
    private readonly ITowerStore _towers;
    private readonly SeededRandom _random;
    private readonly KeyLock _keyLock;
    private readonly VotingThread _voting;
    private readonly ReplayLoop _replay;
    private readonly GossipView _gossip = new();
    private readonly SeededRandom _orphans;
    private DateTimeOffset _since;
    private DateTimeOffset _frozenAt;
    private DateTimeOffset _cutOffAt;
    private DateTimeOffset _deafUntil;
    private bool _announced;

    public ValidatorModel(ValidatorOptions options, EventQueue events, ITowerStore towers, IValidatorLink link)
    {
        _options = options;
        _link = new Uplink(link);
        _towers = towers;
        _events = new NodeEvents(events);
        _random = new SeededRandom(options.Seed, options.Node);
        _orphans = new SeededRandom(options.Seed, $"orphans of {options.Node}");
        _keyLock = new KeyLock(options.HasKeyLock, _events, _random);
        _voting = new VotingThread(options, _events, towers, _link, _keyLock, _random) { Sent = OnVoteSent };
        _replay = new ReplayLoop(options, _events, towers, _keyLock, _voting, _random) { Exit = End };
        _since = WallClock;
    }

    private DateTimeOffset WallClock => _options.WallClock?.Invoke() ?? _events.Now;

    /// <summary>The identity that it runs, as <c>getIdentity</c> and gossip show it.</summary>
    public Pubkey Identity => _replay.Running;

    /// <summary>The identity that it votes with.</summary>
    public Pubkey AdoptedIdentity => _replay.Adopted;

    /// <summary>Whether it has caught up.</summary>
    public bool IsStarted => _replay.IsRunning;

    /// <summary>Whether it serves admin calls. Before that, it postpones all calls but those for its voters.</summary>
    public bool ServesAdmin { get; private set; }

    /// <summary>Whether it has the voter that the vote account names. No admin call reports it.</summary>
    public bool HasAuthorizedVoter => _replay.HasAuthorizedVoter;

    public bool HasExited => _events.IsGone;

    /// <summary>Whether it is stopped (SIGSTOP): it keeps everything, and does nothing.</summary>
    public bool IsFrozen => _events.IsFrozen;

    /// <summary>Whether its blocks reach the cluster.</summary>
    public bool CanLead => IsStarted && !HasExited && !IsFrozen && !IsCutOff;

    /// <summary>Whether it makes the blocks of its leader slots again since it has adopted an identity.</summary>
    public bool HasRootedItsVote => _replay.HasRootedItsVote;

    /// <summary>
    /// Whether it is cut off from the cluster: it gets no blocks and no gossip, and its votes and gossip reach no other node. Admin calls are
    /// not affected. After the cut, it catches up as after a stop.
    /// </summary>
    public bool IsCutOff
    {
        get => _link.IsCut;
        set
        {
            if (value == IsCutOff)
            {
                return;
            }

            if (value)
            {
                _cutOffAt = _events.Now;
                _link.Cut();
                return;
            }

            var away = _events.Now - _cutOffAt;
            _events.Do(() => CatchUpAfter(away));
            _link.Open();
        }
    }

    /// <summary>The newest slot it has replayed.</summary>
    public Bank? Newest => _replay.Newest;

    /// <summary>Raised when the process ends by itself, with its last words.</summary>
    public Action<string> Exited { get; set; } = static _ => { };

    public Action<string> Log
    {
        get => _replay.Log;
        set => _replay.Log = value;
    }

    /// <summary>Starts with the banks of the ledger, oldest first.</summary>
    public void Start(IReadOnlyList<Bank> history)
    {
        _since = WallClock;
        _replay.Start(history);
        _events.Schedule(_options.StartTime + _options.ServesLaterBy, () => ServesAdmin = true);
        var boots = _options.AnnouncesAfter is { } after && after < _options.StartTime;
        if (boots)
        {
            _events.Schedule(_options.AnnouncesAfter!.Value, Announce);
        }

        // The others never saw a validator that fetches nothing and dies while it catches up. One that has announced itself before renews its start time.
        _events.Schedule(_options.StartTime + TimeSpan.FromMilliseconds(60), () =>
        {
            _since = boots ? WallClock : _since;
            Announce();
        });
    }

    /// <summary>A block has arrived.</summary>
    public void OnBank(Bank bank)
    {
        if (!bank.IsOrphan || !_orphans.Chance(_options.UnseenOrphans))
        {
            Hear(() =>
            {
                _keyLock.Lead(bank.NextLeader.Equals(Identity));
                _replay.OnBank(bank);
            });
        }
    }

    /// <inheritdoc/>
    public void OnGossipVote(Pubkey identity, ulong slot) => Hear(() => _gossip.Hear(identity, slot));

    /// <inheritdoc/>
    public void OnGossipContact(GossipContact contact) => Hear(() => NoticeContact(contact));

    /// <summary>
    /// The process was stopped and continues. It reaches gossip 0.6 to 1.2 s later, and newer banks after that
    /// (validator.md, "When the source comes back").
    /// </summary>
    public void OnWoken()
    {
        _deafUntil = _events.Now + _random.Milliseconds(600, 1200);
        _replay.OnWoken();
    }

    /// <summary>Stops the process as SIGSTOP does: it does nothing until it is thawed. Events wait.</summary>
    public void Freeze()
    {
        if (!IsFrozen)
        {
            _frozenAt = _events.Now;
            _events.Freeze();
        }
    }

    /// <summary>Thaws it: all due events happen at once, and it catches up.</summary>
    public void Thaw()
    {
        if (IsFrozen)
        {
            CatchUpAfter(_events.Now - _frozenAt);
            _events.Thaw();
        }
    }

    /// <summary>
    /// Runs an action in the process: at once; after the thaw if it is frozen; never if it has ended. For outside calls that
    /// do not wait by themselves.
    /// </summary>
    public void WhenAwake(Action call) => _events.Do(call);

    /// <summary>
    /// <c>setIdentity</c>: reads the tower if it is required, then swaps the key under its lock.
    /// </summary>
    /// <param name="identity">The new identity.</param>
    /// <param name="requireTower">Whether there must be a readable tower. Its freshness is not checked.</param>
    /// <param name="done">Called 0 to 1 s later, with the reason of a refusal, or null.</param>
    public void SetIdentity(Pubkey identity, bool requireTower, Action<string?> done) => _events.Do(() => TakeIdentity(identity, requireTower, done));

    /// <summary><c>addAuthorizedVoter</c>.</summary>
    /// <returns>False if it has the voter already.</returns>
    public bool AddAuthorizedVoter(Pubkey voter) => _replay.AddVoter(voter);

    /// <summary><c>removeAllAuthorizedVoters</c>: at once.</summary>
    public void RemoveAllAuthorizedVoters() => _replay.RemoveVoters();

    /// <summary>Ends the process from outside (<c>kill -9</c>): it does nothing more.</summary>
    public void Kill() => _events.End();

    /// <summary>Runs an action in the process after a while; never if the process has ended.</summary>
    public void After(TimeSpan delay, Action call) => _events.Schedule(delay, call);

    private void Announce()
    {
        _announced = true;
        _link.Announce(Identity, _since);
    }

    private void Hear(Action what) => _link.Receive(() => _events.Do(what));

    private void NoticeContact(GossipContact contact)
    {
        if (_events.Now < _deafUntil)
        {
            _events.ScheduleAt(_deafUntil, () => NoticeContact(contact));
        }
        else if (_announced && contact.Identity.Equals(Identity) && contact.Since > _since)
        {
            End("duplicate running instances of the same validator node");
        }
    }

    private void TakeIdentity(Pubkey identity, bool requireTower, Action<string?> done)
    {
        if (requireTower && _towers.Load(identity) is { Error: { } error })
        {
            done($"Unable to load tower file for identity {identity}: {error}");
            return;
        }

        _keyLock.Acquire(() =>
        {
            if (!_replay.Running.Equals(identity))
            {
                _replay.Running = identity;
                _since = WallClock;
                Announce();
            }

            done(null);
            _voting.OnLockReleased();
            _replay.OnLockReleased();
        });
    }

    private void CatchUpAfter(TimeSpan pause)
    {
        if (pause > EventPump.StopThreshold)
        {
            OnWoken();
        }
    }

    private void OnVoteSent(Pubkey identity, ulong slot)
    {
        _link.PushVote(identity, slot);
        if (_gossip.HasAsNew(identity, slot))
        {
            End($"Submitting old vote, something is wrong: slot {slot} of {identity} is not newer than what gossip holds");
        }
    }

    private void End(string reason)
    {
        if (!HasExited)
        {
            _events.End();
            Exited(reason);
        }
    }
}
