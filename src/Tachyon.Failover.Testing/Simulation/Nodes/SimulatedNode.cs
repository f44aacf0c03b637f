using System.Net;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Validator;

namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>
/// A machine with a validator: its disk (towers, identity link, lock file), its process, and the supervisor that starts the process again, through the link, whenever it
/// has ended.
/// </summary>
internal sealed class SimulatedNode
{
    private readonly MemoryCluster _cluster;
    private readonly SimulatedNodeOptions _options;
    private readonly SeededRandom _random;
    private readonly List<(ValidatorModel Process, Action Ended)> _callers = [];
    private string? _linkTarget;
    private bool _isCutOff;

    public SimulatedNode(MemoryCluster cluster, SimulatedNodeOptions options)
    {
        _cluster = cluster;
        _options = options;
        _random = new SeededRandom(cluster.Seed, $"node {options.Name}");
        _linkTarget = NodePaths.Usual.KeypairOf(options.StartsAs);
        Unstaked = MemoryCluster.KeypairOf($"unstaked {options.Name}");
        Towers = new SimulatedTowerFolder(MemoryCluster.StakedKeypair, () => Events.Now);
        Towers.Changed += _ => Changed();
    }

    public string Name => _options.Name;

    public EventQueue Events => _cluster.Events;

    public Pubkey Staked => _cluster.Identities.Staked;

    public ValidatorKeypair Unstaked { get; }

    public SimulatedTowerFolder Towers { get; }

    public NodeLockFile Lock { get; } = new();

    public IPEndPoint Gossip => _cluster.GossipAddressOf(Name);

    public IPEndPoint Rpc => new(Gossip.Address, 8899);

    /// <summary>Where the identity link points; null if there is no link in its place.</summary>
    public string? LinkTarget
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
    public bool IsKeypairOpen { get; set; }

    /// <summary>The validator process; null if there is none.</summary>
    public ValidatorModel? Process { get; private set; }

    /// <summary>Whether the machine is up.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>How often it was started: nothing of an earlier boot goes on.</summary>
    public int Boots { get; private set; }

    public bool DiskIsFull { get; set; }

    /// <summary>Told of everything that can make a difference to who votes, now or after a restart.</summary>
    public Action Changed { get; set; } = static () => { };

    /// <summary>Told of a machine that has crashed.</summary>
    public Action HostCrashed { get; set; } = static () => { };

    public bool RunsStaked => Process?.Identity.Equals(Staked) == true;

    /// <summary>
    /// Whether it would sign a vote for the next block: with the identity that it runs, or with the one that its replay has not laid down yet
    /// (validator.md 1.4).
    /// </summary>
    public bool CanVote => Process is { HasAuthorizedVoter: true } process && (process.Identity.Equals(Staked) || process.AdoptedIdentity.Equals(Staked));

    public Pubkey KeyOf(IdentityRole role) => role == IdentityRole.Staked ? Staked : Unstaked.Pubkey;

    /// <summary>Starts the validator as its start script says: <c>--identity</c> names the link, <c>--authorized-voter</c> the staked keypair.</summary>
    public void StartValidator(TimeSpan startTime)
    {
        // Without a keypair the program ends at once.
        if (Link is not { } role)
        {
            return;
        }

        var process = _cluster.Start(Name, KeyOf(role), Towers, startTime: startTime);
        Process = process;
        process.IsCutOff = _isCutOff;
        process.Exited = _ => OnExit(process);
        Changed();
    }

    /// <summary>Stops the process for a while (SIGSTOP).</summary>
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

    /// <summary>The machine loses its power, and comes back later.</summary>
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
        Events.Schedule(down, () =>
        {
            IsUp = true;
            StartValidator(_random.Milliseconds(3000, 12000));
        });
    }

    /// <summary>Has something done when a process ends that an admin call was sent to.</summary>
    public void WhenProcessEnds(ValidatorModel process, Action ended) => _callers.Add((process, ended));

    public void OnShellIdle(HostShell shell)
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

        Process = null;
        Changed();
        var callers = _callers.Where(caller => caller.Process == process).ToArray();
        _callers.Clear();
        Array.ForEach(callers, static caller => caller.Ended());
        var boot = Boots;
        Events.Schedule(_random.Milliseconds(2000, 8000), () =>
        {
            if (boot == Boots && Process is null)
            {
                StartValidator(_random.Milliseconds(3000, 12000));
            }
        });
    }
}
