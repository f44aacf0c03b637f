using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.StandIns.Launching;

namespace Tachyon.Failover.Testing.StandIns;

/// <summary>
/// A node of a simulated cluster: a home with keypairs and identity link, a ledger folder, and a validator process that can be
/// killed, stopped, restarted and made to fail.
/// </summary>
/// <remarks>Thread-safe, except that starts and kills of the same node must not overlap.</remarks>
public sealed class StandInNode
{
    private readonly StandInClusterOptions _options;
    private readonly Func<StandInNode, TimeSpan, IReadOnlyList<string>> _arguments;
    private ChildProcess? _process;
    private bool _isFrozen;

    internal StandInNode(StandInClusterOptions options, string name, Pubkey staked, Func<StandInNode, TimeSpan, IReadOnlyList<string>> arguments)
    {
        _options = options;
        _arguments = arguments;
        Name = name;
        Folder = Path.GetFullPath(Path.Combine(options.Folder, name));
        UnstakedIdentity = ValidatorKeypair.Generate(options.Seed, $"unstaked {name}").Pubkey;
        StakedIdentity = staked;
    }

    /// <summary>The name: <c>a</c> or <c>b</c>. The reports of the chain use it.</summary>
    public string Name { get; }

    /// <summary>The folder of the node, with its home and its ledger.</summary>
    public string Folder { get; }

    /// <summary>The home folder, with keypairs and link.</summary>
    public string Home => Path.Combine(Folder, "home");

    /// <summary>The ledger folder, with <c>admin.rpc</c>, the towers and the log.</summary>
    public string Ledger => Path.Combine(Folder, "ledger");

    /// <summary>The program <c>tachyon-validator</c>: both nodes have the same one.</summary>
    public string Program => Path.Combine(Path.GetFullPath(_options.Folder), "bin", "tachyon-validator");

    /// <summary>The identity link, which the validator reads when it starts.</summary>
    public string IdentityLink => Path.Combine(Home, "identity.json");

    /// <summary>The keypair file of the staked identity, which is also the authorized voter.</summary>
    public string StakedKeypair => Path.Combine(Home, "staked-identity.json");

    /// <summary>The keypair file of the node's own identity.</summary>
    public string UnstakedKeypair => Path.Combine(Home, "unstaked-identity.json");

    /// <summary>The node's own identity.</summary>
    public Pubkey UnstakedIdentity { get; }

    /// <summary>The staked identity, the same on both nodes.</summary>
    public Pubkey StakedIdentity { get; }

    /// <summary>The tower file of the staked identity.</summary>
    public string StakedTower => Path.Combine(Ledger, $"tower-1_9-{StakedIdentity}.bin");

    /// <summary>The log of the validator.</summary>
    public string Log => Path.Combine(Ledger, "validator.log");

    /// <summary>The port of the validator's JSON-RPC on 127.0.0.1. A restart does not change it.</summary>
    public int RpcPort { get; private set; }

    /// <summary>The validator's JSON-RPC.</summary>
    public Uri RpcUri => new($"http://127.0.0.1:{RpcPort}/");

    /// <summary>The settings of the node for a <see cref="ShellValidatorPair"/>. The port is known after the cluster has started.</summary>
    public ValidatorNodeSettings Settings => new()
    {
        Name = Name,
        Program = Program,
        Ledger = Ledger,
        IdentityLink = IdentityLink,
        StakedKeypair = StakedKeypair,
        UnstakedKeypair = UnstakedKeypair,
        RpcPort = RpcPort,
    };

    /// <summary>Whether the validator process runs. A frozen process runs.</summary>
    public bool IsRunning => _process is { IsRunning: true };

    /// <summary>The id of the validator process, or of the last one if none runs.</summary>
    public int ProcessId => _process?.Id ?? 0;

    /// <summary>Kills the validator (SIGKILL). Its socket stays, as with a real one.</summary>
    public async Task KillAsync()
    {
        if (_process is { IsRunning: true } process)
        {
            await process.KillAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Starts the validator with its arguments. It takes the identity that the link names now. A running validator is
    /// killed first. It serves when this returns, and has caught up after <see cref="StandInClusterOptions.RestartTime"/>.
    /// </summary>
    /// <exception cref="StandInException">It does not start.</exception>
    public Task RestartAsync(CancellationToken cancellationToken = default) => StartAsync(_options.RestartTime, cancellationToken);

    /// <summary>
    /// Starts the validator as <see cref="RestartAsync"/> does, with other options on its command line, for this start and all later ones.
    /// </summary>
    /// <param name="options">Differences from the guide: options with their values, <c>--tower</c> for example. Null omits an option; an empty value makes it a flag.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="StandInException">It does not start.</exception>
    public Task RestartWithAsync(IReadOnlyDictionary<string, string?> options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        StartOptions = options;
        return RestartAsync(cancellationToken);
    }

    /// <summary>Sets the answer of the validator's JSON-RPC to a method from now on. The validator must not be frozen.</summary>
    /// <exception cref="StandInException">The validator does not run, or does not answer.</exception>
    public Task SetRpcAnswerAsync(StandInRpcAnswer answer, CancellationToken cancellationToken = default) =>
        Process().OrderAsync(new ControlMessage { RpcAnswer = answer }, cancellationToken);

    /// <summary>Lets the validator's JSON-RPC answer truthfully again.</summary>
    /// <exception cref="StandInException">The validator does not run, or does not answer.</exception>
    public Task ClearRpcAnswersAsync(CancellationToken cancellationToken = default) =>
        Process().OrderAsync(new ControlMessage { ClearRpcAnswers = true }, cancellationToken);

    /// <summary>Freezes the validator process (SIGSTOP): its sockets accept and do not answer.</summary>
    /// <exception cref="StandInException">The validator does not run.</exception>
    public void Freeze()
    {
        Process().Freeze();
        _isFrozen = true;
    }

    /// <summary>Thaws the validator (SIGCONT).</summary>
    /// <exception cref="StandInException">The validator does not run.</exception>
    public void Wake()
    {
        Process().Wake();
        _isFrozen = false;
    }

    /// <summary>Injects a fault from now on. The validator must not be frozen.</summary>
    /// <exception cref="StandInException">The validator does not run, or does not answer.</exception>
    public Task AddFaultAsync(StandInFault fault, CancellationToken cancellationToken = default) =>
        Process().OrderAsync(new ControlMessage { Fault = fault }, cancellationToken);

    /// <summary>Removes all faults. Calls that hang already continue to hang.</summary>
    /// <exception cref="StandInException">The validator does not run, or does not answer.</exception>
    public Task ClearFaultsAsync(CancellationToken cancellationToken = default) =>
        Process().OrderAsync(new ControlMessage { ClearFaults = true }, cancellationToken);

    /// <summary>Waits until the validator process has ended by itself, as it does when it finds another process with its identity.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken = default) =>
        _process is null ? Task.CompletedTask : _process.WaitForExitAsync(cancellationToken);

    /// <summary>Whether <see cref="StandInCluster.CutOffAsync"/> has cut its network.</summary>
    public bool IsCutOff { get; private set; }

    internal IReadOnlyDictionary<string, string?> StartOptions { get; private set; } = new Dictionary<string, string?>();

    /// <summary>Opens or closes its ports to the outside. A frozen process keeps them as they are.</summary>
    internal Task SetReachableAsync(bool isReachable, CancellationToken cancellationToken)
    {
        IsCutOff = !isReachable;
        return IsRunning && !_isFrozen ? Process().OrderAsync(new ControlMessage { IsReachable = isReachable }, cancellationToken) : Task.CompletedTask;
    }

    internal void MakeFolders(ValidatorKeypair staked, bool isActive)
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(Ledger);
        staked.Save(StakedKeypair);
        ValidatorKeypair.Generate(_options.Seed, $"unstaked {Name}").Save(UnstakedKeypair);
        File.Delete(IdentityLink);
        File.CreateSymbolicLink(IdentityLink, isActive ? StakedKeypair : UnstakedKeypair);
    }

    internal async Task StartAsync(TimeSpan startTime, CancellationToken cancellationToken)
    {
        if (_process is not null)
        {
            await _process.DisposeAsync().ConfigureAwait(false);
        }

        var (process, ready) = await ChildProcess.StartAsync(Name, ["validator", .. _arguments(this, startTime)], _options.TimeLimit, cancellationToken).ConfigureAwait(false);
        _process = process;
        _isFrozen = false;
        RpcPort = ready.RpcPort ?? 0;
    }

    internal async ValueTask EndAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ChildProcess Process() =>
        _process is { IsRunning: true } process ? process : throw new StandInException($"The validator of node {Name} does not run.");
}
