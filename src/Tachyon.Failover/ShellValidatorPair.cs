using Microsoft.Extensions.Logging;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Hosts;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Schedule;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover;

/// <summary>Two nodes that are reached over shells, put together with the library's own parts.</summary>
/// <remarks>
/// Thread-safe. The shells given are not disposed with it. Keep it for as long as the nodes are of interest: it connects when it is first
/// needed, and again after a loss.
/// </remarks>
public sealed class ShellValidatorPair : IAsyncDisposable
{
    private readonly Pubkey _stakedIdentity;
    private readonly Side _a;
    private readonly Side _b;
    private readonly IClusterRpc? _cluster;
    private readonly TcpPortProbe _ports;

    /// <summary>Puts the pair together; nothing is opened.</summary>
    /// <param name="stakedIdentity">The staked identity; both staked keypair files must hold it.</param>
    /// <param name="a">One node.</param>
    /// <param name="shellA">The way to it.</param>
    /// <param name="b">The other node.</param>
    /// <param name="shellB">The way to it.</param>
    /// <param name="cluster">An RPC node that is neither of the two, to look at the chain and the leader schedule with; null for the nodes' own: the target's for the chain, the
    /// source's for the schedule.</param>
    /// <param name="loggerFactory">Where to log; null for nowhere.</param>
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
        InvalidSettingsException.ThrowIfAny(Validate(a, b));
        _stakedIdentity = stakedIdentity;
        _cluster = cluster;
        _ports = new TcpPortProbe(timeProvider: timeProvider);
        _a = new Side(a, shellA, stakedIdentity, cluster, loggerFactory, timeProvider);
        _b = new Side(b, shellB, stakedIdentity, cluster, loggerFactory, timeProvider);
    }

    /// <summary>The pair for a switchover from the first node to the second.</summary>
    public ValidatorPair FromAToB => Pair(_a, _b);

    /// <summary>The pair for a switchover from the second node to the first.</summary>
    public ValidatorPair FromBToA => Pair(_b, _a);

    /// <summary>Ends the conversations with both nodes; locks that are held go with them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _a.DisposeAsync().ConfigureAwait(false);
        await _b.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>How long a lost lock is waited for.</summary>
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

    private ValidatorPair Pair(Side source, Side target) => new()
    {
        StakedIdentity = _stakedIdentity,
        Source = source.Node,
        Target = target.Node,
        Towers = new ShellTowerTransport(source.Shell, source.Settings, target.Shell, target.Settings, _stakedIdentity),
        Cluster = _cluster ?? target.Node.Rpc,
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

                    // What the lost conversation was running may still take its limit; what was sent behind it is not begun any more.
                    LockTimeout = LockTimeout(settings.TimeLimits),
                },
                loggerFactory,
                timeProvider);
            _rpc = HttpClusterRpc.OverShell(shell, settings.RpcPort, timeProvider: timeProvider);
            Node = new ValidatorNode
            {
                Name = settings.Name,
                Host = new ShellValidatorHost(Shell, settings, stakedIdentity),
                Link = new ShellIdentityLink(Shell, settings, stakedIdentity),
                Lock = new ShellNodeLock(Shell),
                RestartWindow = new ScheduleRestartWindow(cluster ?? _rpc, stakedIdentity, timeProvider),
                Rpc = _rpc,
                Process = new ShellValidatorProcess(Shell, settings),
                Shadow = new ShellShadowStore(Shell, settings, stakedIdentity),
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
