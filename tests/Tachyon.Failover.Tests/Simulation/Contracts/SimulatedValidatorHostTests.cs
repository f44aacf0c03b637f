using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Seams;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

/// <summary>Ten seconds of the world, the limit of a call, take half a second here: the host with generous limits is the hasty one as well.</summary>
[RunsContract(typeof(SimulatedValidatorHost))]
public sealed class SimulatedValidatorHostTests : ValidatorHostContract, IAsyncDisposable
{
    private static readonly NodePaths Misled = new()
    {
        Program = "/nowhere/bin/tachyon-validator",
        Ledger = "/nowhere/ledger",
        LinkFolder = "/nowhere/links",
        StakedKeypair = "/nowhere/a staked keypair.json",
        UnstakedKeypair = "/nowhere/another keypair.json",
    };

    private readonly RunningWorld _world = new(speed: 20);
    private readonly LosesOneCall _faults = new();

    public SimulatedValidatorHostTests()
    {
        FinalTower = _world.Ask(Arrange);
        var coordinator = _world.Coordinator("first", _faults);
        Host = HostOf(coordinator);
        MisledHost = _world.Through<IValidatorHost>(new SimulatedValidatorHost(coordinator.With(Node), Misled));
        var cutOff = _world.Coordinator("cut off");
        cutOff.WireTo(Node).HostIsUp = static () => false;
        UnreachableHost = HostOf(cutOff);
    }

    protected override IValidatorHost Host { get; }

    protected override IValidatorHost HastyHost => Host;

    protected override IValidatorHost UnreachableHost { get; }

    protected override IValidatorHost MisledHost { get; }

    protected override IReadOnlyList<string> MisledPaths => [Misled.Program, Misled.Ledger, Misled.LinkFolder, Misled.StakedKeypair, Misled.UnstakedKeypair];

    protected override Pubkey StakedIdentity => Node.Staked;

    protected override Pubkey UnstakedIdentity => Node.Unstaked.Pubkey;

    protected override TowerFile FinalTower { get; }

    protected override bool HasTower => _world.Ask(() => Node.Towers.Current is not null);

    private SimulatedNode Node => _world.A;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    protected override Task<Pubkey> IdentityAsync() => Task.FromResult(_world.Ask(() => Process.Identity));

    protected override Task<bool> HasVotersAsync() => Task.FromResult(_world.Ask(() => Process.HasAuthorizedVoter));

    protected override void PlaceTower(byte[]? bytes) =>
        _world.Do(() => Node.Towers.Current = bytes is null ? null : SimulatedTower.Of(new TowerFile(bytes), Node.Staked));

    protected override Task LoseNextSetIdentityAsync(bool isCarriedOut)
    {
        _world.Do(() => _faults.Arm(isCarriedOut));
        return Task.CompletedTask;
    }

    protected override Task StopAsync()
    {
        _world.Do(Node.KillValidator);
        return Task.CompletedTask;
    }

    protected override Task StartAgainAsync()
    {
        _world.Do(() => Node.StartValidator(TimeSpan.FromSeconds(3)));
        return Task.CompletedTask;
    }

    protected override void OpenKeypair(bool isOpen) => _world.Do(() => Node.IsKeypairOpen = isOpen);

    protected override async Task<int> TypeAsync(string command)
    {
        var result = await _world.CallAsync(_ =>
        {
            var typed = new TaskCompletionSource<CallResult>();
            new HostShell(Node).Receive(TypedCommands.Parse(command), (result, _) => typed.SetResult(result));
            return typed.Task;
        });
        return result.IsDone ? 0 : 1;
    }

    private ValidatorModel Process => Node.Process!;

    private IValidatorHost HostOf(SimulatedCoordinator coordinator) => _world.Through(coordinator.Pair(Node).Source.Host);

    /// <summary>A validator that has voted, gave its identity away, and left its final tower.</summary>
    private TowerFile Arrange()
    {
        Node.StartValidator(TimeSpan.Zero);
        _world.Cluster.Run(TimeSpan.FromSeconds(3));
        Process.RemoveAllAuthorizedVoters();
        var isUnstaked = false;
        Process.SetIdentity(Node.Unstaked.Pubkey, requireTower: false, _ => isUnstaked = true);
        _world.Cluster.RunUntil(() => isUnstaked, TimeSpan.FromSeconds(5));
        _world.Cluster.Run(TimeSpan.FromSeconds(1));
        Node.LinkTarget = NodePaths.Usual.UnstakedKeypair;
        return Node.Towers.Current!.File;
    }
}
