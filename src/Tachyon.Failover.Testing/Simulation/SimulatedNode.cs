using System.Net;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.Simulation;

/// <summary>
/// A machine with a validator: its disk (towers, identity link, lock file), its process, and the supervisor that starts the process again, through the link, whenever it
/// has ended within some seconds.
/// </summary>
/// <remarks>Not thread-safe. Faults take effect at once, and may be repeated; call them between two runs, or with <see cref="SimulatedPair.After"/> in the middle of one.</remarks>
public sealed class SimulatedNode
{
    private readonly MemoryCluster _cluster;
    private readonly SimulatedNodeOptions _options;
    private readonly SeededRandom _random;
    private readonly List<(ValidatorModel Process, Action Ended)> _callers = [];
    private readonly List<(DateTimeOffset At, string Reason)> _exits = [];

    // Long before the world began.
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

    /// <summary>What messages call it: <c>a</c> or <c>b</c>.</summary>
    public string Name => _options.Name;

    internal EventQueue Events => _cluster.Events;

    internal Pubkey Staked => _cluster.Identities.Staked;

    internal Pubkey VoteAccount => _cluster.Identities.VoteAccount;

    internal ValidatorKeypair Unstaked { get; }

    internal SimulatedTowerFolder Towers { get; }

    internal NodeLockFile Lock { get; } = new();

    internal IPEndPoint Gossip => _cluster.GossipAddressOf(Name);

    internal IPEndPoint Rpc => new(Gossip.Address, 8899);

    /// <summary>Where the identity link points; null if there is no link in its place.</summary>
    internal string? LinkTarget
    {
        get => _linkTarget;
        set
        {
            _linkTarget = value;
            Changed();
        }
    }

    /// <summary>Which keypair the next start takes; null if the link leads to none.</summary>
    public IdentityRole? Link => NodePaths.Usual.RoleOf(_linkTarget);

    /// <summary>Whether the unstaked keypair file is open to others than its owner.</summary>
    internal bool IsKeypairOpen { get; set; }

    /// <summary>When its validator ended by itself, and with which words. What was killed is not among them.</summary>
    internal IReadOnlyList<(DateTimeOffset At, string Reason)> Exits => _exits;

    /// <summary>How far its wall clock is ahead of the world's; what its validator has told gossip keeps the time that it had then.</summary>
    internal TimeSpan ClockOffset { get; set; }

    /// <summary>What its wall clock shows.</summary>
    internal DateTimeOffset WallClock => Events.Now + ClockOffset;

    /// <summary>
    /// Whether the validator's <c>admin.rpc</c> can be found: a socket that was removed, or a ledger folder that the login may not search, and the validator goes on all the same
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

    /// <summary>How often it was started: nothing of an earlier boot goes on.</summary>
    internal int Boots { get; private set; }

    /// <summary>A guard's newest sign of life, and in which boot it left it; null if none did.</summary>
    internal (int Boot, DateTimeOffset At)? GuardBeat { get; set; }

    /// <summary>How long the machine has run.</summary>
    internal TimeSpan Uptime => Events.Now - _booted;

    /// <summary>Whether its disk is full: nothing is written any more.</summary>
    public bool DiskIsFull { get; set; }

    /// <summary>The other node's tower, as a watch has kept it; null if none was.</summary>
    internal TowerFile? Shadow { get; set; }

    /// <summary>Whether its power can be cut from outside.</summary>
    internal bool HasPowerSwitch { get; set; }

    /// <summary>What its power switch does.</summary>
    internal PowerSwitchState PowerSwitch { get; set; }

    /// <summary>Whether its power was cut: it stays down until somebody gives it back.</summary>
    internal bool IsPoweredOff { get; private set; }

    /// <summary>Told of a machine that has come up, before its validator is started.</summary>
    internal Action HostBooted { get; set; } = static () => { };

    /// <summary>Told of everything that can make a difference to who votes, now or after a restart.</summary>
    internal Action Changed { get; set; } = static () => { };

    /// <summary>Told of a machine that has crashed.</summary>
    internal Action HostCrashed { get; set; } = static () => { };

    /// <summary>Whether its validator runs the staked identity.</summary>
    public bool RunsStaked => Process?.Identity.Equals(Staked) == true;

    /// <summary>
    /// Whether it would sign a vote for the next block: with the identity that it runs, or with the one that its replay has not laid down yet
    /// (validator.md 1.4).
    /// </summary>
    public bool CanVote => Process is { HasAuthorizedVoter: true } process && (process.Identity.Equals(Staked) || process.AdoptedIdentity.Equals(Staked));

    /// <summary>Where its files are by the settings of those who command it: a person may have swapped two names.</summary>
    internal NodePaths Named { get; set; } = NodePaths.Usual;

    internal Pubkey KeyOf(IdentityRole role) => role == IdentityRole.Staked ? Staked : Unstaked.Pubkey;

    /// <summary>The key in the keypair file at a path; null if there is none.</summary>
    internal Pubkey? KeyAt(string? path) => NodePaths.Usual.RoleOf(path) is { } role ? KeyOf(role) : null;

    /// <summary>Starts the validator as its start script says: <c>--identity</c> names the link, <c>--authorized-voter</c> the staked keypair.</summary>
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

    /// <summary>Stops the validator's process for a while (SIGSTOP); nothing if none runs.</summary>
    /// <param name="pause">How long.</param>
    public void StopValidator(TimeSpan pause)
    {
        if (Process is { } process)
        {
            process.Freeze();
            Events.Schedule(pause, process.Thaw);
        }
    }

    /// <summary>Cuts the node off from the cluster, not from coordinators; also the process that is started meanwhile.</summary>
    public bool IsCutOff
    {
        get => _isCutOff;
        set
        {
            _isCutOff = value;
            Process?.IsCutOff = value;
        }
    }

    /// <summary>Ends the process from outside (<c>kill -9</c>); the supervisor starts it again.</summary>
    public void KillValidator()
    {
        if (Process is { } process)
        {
            process.Kill();
            OnExit(process);
        }
    }

    /// <summary>The machine loses its power, and comes back later; nothing if it is down already.</summary>
    /// <param name="down">How long it is down. The validator is started through its link then.</param>
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

    /// <summary>Takes the machine's power away until <see cref="PowerOn"/>.</summary>
    internal void PowerOff()
    {
        IsPoweredOff = true;
        Crash(TimeSpan.Zero);
    }

    /// <summary>Gives it back; nothing if it was not taken.</summary>
    internal void PowerOn()
    {
        if (IsPoweredOff)
        {
            IsPoweredOff = false;
            Boot();
        }
    }

    /// <summary>A machine that is down comes up now; nothing if it is up, or its power was cut.</summary>
    internal void ComeUp() => Boot();

    /// <summary>Its disk is lost, as far as the validator and coordinators can tell: the towers are out of their reach, and what was kept beside them.</summary>
    internal void LoseTowers()
    {
        Towers.MoveAside();
        Towers.MayBeginAnew = true;
        Shadow = null;
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

    /// <summary>For how long a call hangs in its validator from now on: mostly for seconds, now and then up to an hour.</summary>
    internal TimeSpan HangFor(SeededRandom random)
    {
        var latest = _cluster.Rules.LatestCall;
        var draw = random.Between(0, 1);
        var hangs = draw < 0.6 ? random.Milliseconds(13_500, 45_000) : draw < 0.9 ? random.Milliseconds(45_000, 600_000) : random.Milliseconds(600_000, 3_600_000);
        hangs = hangs < latest ? hangs : latest;
        _cluster.ExpectLateCall(hangs);
        return hangs;
    }

    /// <summary>Has something done when a process ends that an admin call was sent to.</summary>
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

        // As of now: whoever is told may crash the machine.
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
