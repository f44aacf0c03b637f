using System.Net;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.Simulation;

/// <summary>
/// A machine with a validator: its disk (towers, identity link, lock file), its process, and a supervisor. The supervisor starts the process again, through the link, within
/// some seconds of its end.
/// </summary>
/// <remarks>Not thread-safe. Faults take effect at once, and may be repeated. Call them between two runs, or during a run with <see cref="SimulatedPair.After"/>.</remarks>
public sealed class SimulatedNode
{
    private readonly MemoryCluster _cluster;
    private readonly SimulatedNodeOptions _options;
    private readonly SeededRandom _random;
    private readonly List<(ValidatorModel Process, Action Ended)> _callers = [];
    private readonly List<(DateTimeOffset At, string Reason)> _exits = [];

    // Long before the beginning of the world.
    private DateTimeOffset _booted = DateTimeOffset.UnixEpoch;
    private string? _linkTarget;
    private bool _isCutOff;

    internal SimulatedNode(MemoryCluster cluster, SimulatedNodeOptions options)
    {
        _cluster = cluster;
        _options = options;
        _random = new SeededRandom(cluster.Seed, $"node {options.Name}");
        ClockOffset = cluster.Rules.ClockSpread * new SeededRandom(cluster.Seed, $"clock of {options.Name}").Between(-1, 1);
        _linkTarget = NodePaths.Usual.KeypairOf(options.StartsAs);
        Unstaked = MemoryCluster.KeypairOf($"unstaked {options.Name}");
        Towers = new SimulatedTowerFolder(MemoryCluster.StakedKeypair, () => Events.Now);
        Towers.Changed += _ => Changed();
    }

    /// <summary>Its name in messages: <c>a</c> or <c>b</c>.</summary>
    public string Name => _options.Name;

    internal EventQueue Events => _cluster.Events;

    internal SimulatedClient Client => _cluster.Client;

    internal Pubkey Staked => _cluster.Identities.Staked;

    internal Pubkey VoteAccount => _cluster.Identities.VoteAccount;

    internal ValidatorKeypair Unstaked { get; }

    internal SimulatedTowerFolder Towers { get; }

    internal NodeLockFile Lock { get; } = new();

    internal IPEndPoint Gossip => _cluster.GossipAddressOf(Name);

    internal IPEndPoint Rpc => new(Gossip.Address, 8899);

    /// <summary>The target of the identity link; null if there is no link in its place.</summary>
    internal string? LinkTarget
    {
        get => _linkTarget;
        set
        {
            _linkTarget = value;
            Changed();
        }
    }

    /// <summary>The keypair that the next start takes; null if the link leads to none.</summary>
    public IdentityRole? Link => NodePaths.Usual.RoleOf(_linkTarget);

    /// <summary>Whether users other than the owner may read the unstaked keypair file.</summary>
    internal bool IsKeypairOpen { get; set; }

    /// <summary>When its validator ended by itself, and its last words. Kills are not included.</summary>
    internal IReadOnlyList<(DateTimeOffset At, string Reason)> Exits => _exits;

    /// <summary>How far its wall clock is ahead of the world's. What its validator has told gossip keeps the time of its telling.</summary>
    internal TimeSpan ClockOffset { get; set; }

    /// <summary>The time of its wall clock.</summary>
    internal DateTimeOffset WallClock => Events.Now + ClockOffset;

    /// <summary>
    /// Whether the validator's <c>admin.rpc</c> can be found. If not, the socket was removed, or the login may not search the ledger folder; the validator still runs
    /// (v:validator/src/admin_rpc_service.rs:771,813; safety.md, H7).
    /// </summary>
    internal bool HasAdminSocket { get; set; } = true;

    /// <summary>Whether its validator serves the calls for its voters while it is starting.</summary>
    internal bool ServesVotersEarly => _cluster.Rules.ServesVotersEarly;

    /// <summary>The validator process; null if there is none.</summary>
    internal ValidatorModel? Process { get; private set; }

    /// <summary>When the newest process was started.</summary>
    internal DateTimeOffset ProcessStartedAt { get; private set; }

    /// <summary>Whether the machine is up.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>The number of its boots. Nothing of an earlier boot continues.</summary>
    internal int Boots { get; private set; }

    /// <summary>A guard's newest heartbeat, and the boot in which the guard left it; null if there is none.</summary>
    internal (int Boot, DateTimeOffset At)? GuardBeat { get; set; }

    /// <summary>How long the machine has run.</summary>
    internal TimeSpan Uptime => Events.Now - _booted;

    /// <summary>Whether its disk is full: writes fail.</summary>
    public bool DiskIsFull { get; set; }

    /// <summary>The other node's tower, as a monitor has stored it; null if there is none.</summary>
    internal TowerFile? TowerCopy { get; set; }

    /// <summary>Whether its power can be cut from outside.</summary>
    internal bool HasPowerSwitch { get; set; }

    /// <summary>How its power switch reacts.</summary>
    internal PowerSwitchState PowerSwitch { get; set; }

    /// <summary>Whether its power was cut. It stays down until the power is restored.</summary>
    internal bool IsPoweredOff { get; private set; }

    /// <summary>Raised when the machine has come up, before its validator is started.</summary>
    internal Action HostBooted { get; set; } = static () => { };

    /// <summary>Raised by everything that can change who votes, now or after a restart.</summary>
    internal Action Changed { get; set; } = static () => { };

    /// <summary>Raised when the machine has crashed.</summary>
    internal Action HostCrashed { get; set; } = static () => { };

    /// <summary>Whether its validator runs the staked identity.</summary>
    public bool RunsStaked => Process?.Identity.Equals(Staked) == true;

    /// <summary>
    /// Whether it would sign a vote for the next block: with the identity that it runs, or with the one that its replay still uses
    /// (validator.md 1.4).
    /// </summary>
    public bool CanVote => Process is { HasAuthorizedVoter: true } process && (process.Identity.Equals(Staked) || process.AdoptedIdentity.Equals(Staked));

    /// <summary>The paths of its files in the settings of its coordinators. An operator may have swapped two names.</summary>
    internal NodePaths Named { get; set; } = NodePaths.Usual;

    internal Pubkey KeyOf(IdentityRole role) => role == IdentityRole.Staked ? Staked : Unstaked.Pubkey;

    /// <summary>The key in the keypair file at a path; null if there is none.</summary>
    internal Pubkey? KeyAt(string? path) => NodePaths.Usual.RoleOf(path) is { } role ? KeyOf(role) : null;

    /// <summary>Starts the validator as its start script does: <c>--identity</c> names the link, <c>--authorized-voter</c> the staked keypair.</summary>
    internal void StartValidator(TimeSpan startTime)
    {
        // Without a keypair the program ends at once.
        if (Link is not { } role)
        {
            return;
        }

        var process = _cluster.Start(Name, KeyOf(role), Towers, startTime: startTime, wallClock: () => WallClock);
        Process = process;
        ProcessStartedAt = Events.Now;
        process.IsCutOff = _isCutOff;
        process.Exited = reason =>
        {
            _exits.Add((Events.Now, reason));
            OnExit(process);
        };
        Changed();
    }

    /// <summary>Stops the validator's process for a while (SIGSTOP). Does nothing if none runs.</summary>
    /// <param name="pause">How long.</param>
    public void StopValidator(TimeSpan pause)
    {
        if (Process is { } process)
        {
            process.Freeze();
            Events.Schedule(pause, process.Thaw);
        }
    }

    /// <summary>Cuts the node off from the cluster, but not from coordinators. A process that starts in the meantime is cut off as well.</summary>
    public bool IsCutOff
    {
        get => _isCutOff;
        set
        {
            _isCutOff = value;
            Process?.IsCutOff = value;
        }
    }

    /// <summary>Kills the process (<c>kill -9</c>). The supervisor starts a new one.</summary>
    public void KillValidator()
    {
        if (Process is { } process)
        {
            process.Kill();
            OnExit(process);
        }
    }

    /// <summary>The machine loses its power, and comes back later. Does nothing if it is down already.</summary>
    /// <param name="down">How long it is down. Its validator is started through its link afterwards.</param>
    public void Crash(TimeSpan down)
    {
        if (!IsUp)
        {
            return;
        }

        IsUp = false;
        Boots++;
        Process?.Kill();
        Process = null;
        HostCrashed();
        Changed();
        Lock.OnShellIdle();
        Events.Schedule(down, Boot);
    }

    /// <summary>Cuts the machine's power until <see cref="PowerOn"/>.</summary>
    internal void PowerOff()
    {
        IsPoweredOff = true;
        Crash(TimeSpan.Zero);
    }

    /// <summary>Restores the power. Does nothing if it was not cut.</summary>
    internal void PowerOn()
    {
        if (IsPoweredOff)
        {
            IsPoweredOff = false;
            Boot();
        }
    }

    /// <summary>Boots a machine that is down. Does nothing if it is up, or if its power was cut.</summary>
    internal void ComeUp() => Boot();

    /// <summary>Its disk is lost for the validator and for coordinators: the towers, and what was stored beside them, are out of reach.</summary>
    internal void LoseTowers()
    {
        Towers.MoveAside();
        Towers.MayBeginAnew = true;
        TowerCopy = null;
    }

    private void Boot()
    {
        if (IsPoweredOff || IsUp)
        {
            return;
        }

        IsUp = true;
        _booted = Events.Now;
        HostBooted();
        StartValidator(_random.Milliseconds(3000, 12000));
    }

    /// <summary>How long a call hangs in its validator from now on: mostly for seconds, rarely up to an hour.</summary>
    internal TimeSpan HangFor(SeededRandom random)
    {
        var latest = _cluster.Rules.LatestCall;
        var draw = random.Between(0, 1);
        var hangs = draw < 0.6 ? random.Milliseconds(13_500, 45_000) : draw < 0.9 ? random.Milliseconds(45_000, 600_000) : random.Milliseconds(600_000, 3_600_000);
        hangs = hangs < latest ? hangs : latest;
        _cluster.ExpectLateCall(hangs);
        return hangs;
    }

    /// <summary>Runs an action when the process ends that received an admin call.</summary>
    internal void WhenProcessEnds(ValidatorModel process, Action ended) => _callers.Add((process, ended));

    internal void OnShellIdle(HostShell shell)
    {
        if (Lock.Owner is null)
        {
            Lock.OnShellIdle();
        }
    }

    private void OnExit(ValidatorModel process)
    {
        if (!ReferenceEquals(Process, process))
        {
            return;
        }

        // As of now: a handler may crash the machine.
        var boot = Boots;
        Process = null;
        Changed();
        var callers = _callers.Where(caller => caller.Process == process).ToArray();
        _callers.Clear();
        Array.ForEach(callers, static caller => caller.Ended());
        Events.Schedule(_random.Milliseconds(2000, 8000), () =>
        {
            if (boot == Boots && Process is null)
            {
                StartValidator(_random.Milliseconds(3000, 12000));
            }
        });
    }
}
