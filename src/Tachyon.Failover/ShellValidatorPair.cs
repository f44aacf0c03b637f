using Microsoft.Extensions.Logging;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Shells;

namespace Tachyon.Failover;

/// <summary>Two nodes that are reached over shells, composed of the library's own parts.</summary>
/// <remarks>
/// Thread-safe. It does not dispose the given shells. Keep one instance: it connects when it is first
/// needed, and again after a loss. The properties of a node are given once, and apply in both directions.
/// </remarks>
public sealed class ShellValidatorPair : IAsyncDisposable
{
    private readonly Pubkey _stakedIdentity;
    private readonly Side _a;
    private readonly Side _b;
    private readonly IClusterRpc? _cluster;
    private readonly TcpPortProbe _ports;

    /// <summary>Creates the pair; nothing is opened.</summary>
    /// <param name="stakedIdentity">The staked identity; both staked keypair files must hold it.</param>
    /// <param name="a">One node.</param>
    /// <param name="shellA">The shell of that node.</param>
    /// <param name="b">The other node.</param>
    /// <param name="shellB">The shell of that node.</param>
    /// <param name="cluster">An RPC node that is neither of the two, for the chain and the leader schedule; null for the nodes' own: the target's for the chain, the
    /// source's for the schedule.</param>
    /// <param name="loggerFactory">For the log; null for none.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="InvalidSettingsException">Settings are wrong; the message holds all errors of both nodes.</exception>
    public ShellValidatorPair(
        Pubkey stakedIdentity,
        ValidatorNodeSettings a,
        IShell shellA,
        ValidatorNodeSettings b,
        IShell shellB,
        IClusterRpc? cluster = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(stakedIdentity);
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(shellA);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(shellB);
        (a, b) = (a.Copy(), b.Copy());
        InvalidSettingsException.ThrowIfAny(Validate(a, b));
        _stakedIdentity = stakedIdentity;
        _cluster = cluster;
        _ports = new TcpPortProbe(timeProvider: timeProvider);
        _a = new Side(a, shellA, stakedIdentity, cluster, loggerFactory, timeProvider);
        _b = new Side(b, shellB, stakedIdentity, cluster, loggerFactory, timeProvider);
    }

    /// <summary>More RPC nodes that watch whether votes land, in both directions.</summary>
    /// <value>None.</value>
    public IReadOnlyList<Witness> Witnesses { get; init; } = [];

    /// <summary>The fencing device of the first node, for a takeover from it; null if there is none.</summary>
    public IFencingDevice? FenceOfA { get; init; }

    /// <summary>The fencing device of the second node, for a takeover from it; null if there is none.</summary>
    public IFencingDevice? FenceOfB { get; init; }

    /// <summary>The pair for a switchover from the first node to the second.</summary>
    public ValidatorPair FromAToB => Pair(_a, FenceOfA, _b, FenceOfB);

    /// <summary>The pair for a switchover from the second node to the first.</summary>
    public ValidatorPair FromBToA => Pair(_b, FenceOfB, _a, FenceOfA);

    /// <summary>Ends the conversations with both nodes, and with them the locks.</summary>
    public async ValueTask DisposeAsync()
    {
        await _a.DisposeAsync().ConfigureAwait(false);
        await _b.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>How long to wait for a lock after a lost connection.</summary>
    internal static TimeSpan LockTimeout(ValidatorTimeLimits limits) => limits.SetIdentity + limits.Command + TimeSpan.FromSeconds(10);

    private static IReadOnlyList<string> Validate(ValidatorNodeSettings a, ValidatorNodeSettings b)
    {
        var errors = new SettingErrors();
        errors.AddRange($"node '{a.Name}'", a.Validate());
        errors.AddRange($"node '{b.Name}'", b.Validate());
        if (a.Name == b.Name)
        {
            errors.Add($"{nameof(ValidatorNodeSettings.Name)} is '{a.Name}' for both nodes; give each a name of its own.");
        }

        return errors.All;
    }

    private ValidatorPair Pair(Side source, IFencingDevice? fenceOfSource, Side target, IFencingDevice? fenceOfTarget) => new()
    {
        StakedIdentity = _stakedIdentity,
        Source = source.Node with { FencingDevice = fenceOfSource },
        Target = target.Node with { FencingDevice = fenceOfTarget },
        Towers = new ShellTowerTransport(source.Shell, source.Settings, target.Shell, target.Settings, _stakedIdentity),
        Cluster = _cluster ?? target.Node.Rpc,
        Witnesses = Witnesses,
        Ports = _ports,
    };

    private sealed class Side : IAsyncDisposable
    {
        private readonly HttpClusterRpc _rpc;

        public Side(ValidatorNodeSettings settings, IShell shell, Pubkey stakedIdentity, IClusterRpc? cluster, ILoggerFactory? loggerFactory, TimeProvider? timeProvider)
        {
            Settings = settings;
            Shell = new NodeShell(
                shell,
                new NodeShellOptions
                {
                    RunAs = settings.RunAs,
                    LockFile = settings.LockFile,

                    // The running script of the lost conversation may still take its limit; later scripts are not begun.
                    LockTimeout = LockTimeout(settings.TimeLimits),
                },
                loggerFactory,
                timeProvider);
            _rpc = HttpClusterRpc.OverShell(shell, settings.RpcPort, new HttpClusterRpcOptions { CallTimeLimit = settings.TimeLimits.Command }, timeProvider);
            Node = new ValidatorNode
            {
                Name = settings.Name,
                Host = new ShellValidatorHost(Shell, settings, stakedIdentity),
                Link = new ShellIdentityLink(Shell, settings, stakedIdentity),
                Lock = new ShellNodeLock(Shell),
                RestartWindow = new ScheduleRestartWindow(cluster ?? _rpc, stakedIdentity, timeProvider),
                Rpc = _rpc,
                Process = new ShellValidatorProcess(Shell, settings),
                TowerCopies = new ShellTowerCopyStore(Shell, settings, stakedIdentity),
                Heartbeat = new ShellGuardHeartbeat(Shell, settings),
            };
        }

        public ValidatorNodeSettings Settings { get; }

        public NodeShell Shell { get; }

        public ValidatorNode Node { get; }

        public async ValueTask DisposeAsync()
        {
            _rpc.Dispose();
            await Shell.DisposeAsync().ConfigureAwait(false);
        }
    }
}
