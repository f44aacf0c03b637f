using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Seams;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

/// <summary>A provider without faults is like the cluster's own RPC. These tests show its faults from outside.</summary>
[RunsContract(typeof(SimulatedWitness))]
public sealed class SimulatedWitnessTests : ClusterRpcContract, IAsyncDisposable
{
    private readonly List<RunningWorld> _worlds = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var world in _worlds)
        {
            await world.DisposeAsync();
        }
    }

    [Fact]
    public async Task GetSlot_ItIsMad_IsFarAheadAndKnowsOfNoVote()
    {
        var (world, witness, trouble) = Chain();
        world.Do(() => trouble.IsMad = true);

        (await witness.GetSlotAsync(Commitment.Confirmed, Token)).Should().BeGreaterThan(world.Ask(() => world.Cluster.Chain.Newest.Slot) + 100_000);
        (await witness.GetVoteAccountsAsync(Commitment.Confirmed, null, Token)).Should().OnlyContain(account => account.LastVote == 0);
    }

    [Fact]
    public async Task GetSlot_ItIsStuck_StaysTheSame()
    {
        var (world, witness, trouble) = Chain();
        world.Do(() => trouble.IsStuck = true);
        var slot = await witness.GetSlotAsync(Commitment.Confirmed, Token);
        world.Do(() => world.Cluster.Run(TimeSpan.FromSeconds(20)));

        (await witness.GetSlotAsync(Commitment.Confirmed, Token)).Should().Be(slot);
        world.Do(() => trouble.IsStuck = false);
        (await witness.GetSlotAsync(Commitment.Confirmed, Token)).Should().BeGreaterThan(slot + 40);
    }

    [Fact]
    public async Task GetSlot_ItLags_IsBehindAndGoesOn()
    {
        var (world, witness, trouble) = Chain();
        world.Do(() => trouble.Lag = TimeSpan.FromSeconds(8));
        world.Do(() => world.Cluster.Run(TimeSpan.FromSeconds(20)));
        var newest = world.Ask(() => world.Cluster.Chain.Newest.Slot);

        var slot = await witness.GetSlotAsync(Commitment.Confirmed, Token);
        slot.Should().BeInRange(newest - 24, newest - 16);
        world.Do(() => world.Cluster.Run(TimeSpan.FromSeconds(4)));
        (await witness.GetSlotAsync(Commitment.Confirmed, Token)).Should().BeInRange(slot + 8, slot + 13);
    }

    protected override Task<IClusterRpc> AnsweringAsync(ClusterScene scene) => Task.FromResult(Rpc(scene, speed: 20));

    protected override Task<IClusterRpc> SilentAsync() => Task.FromResult(Rpc(ClusterScene.Usual, speed: 0));

    protected override Task<IClusterRpc> FailingAsync(ClusterRpcFailure failure) => Task.FromResult(failure switch
    {
        ClusterRpcFailure.Refused => Rpc(ClusterScene.Usual, speed: 200, new FailingRpc(RpcFault.Refused)),
        ClusterRpcFailure.Unreachable => Rpc(ClusterScene.Usual, speed: 200, isDown: true),
        ClusterRpcFailure.TimedOut => Rpc(ClusterScene.Usual, speed: 200, new FailingRpc(RpcFault.Slow)),
        _ => Rpc(ClusterScene.Usual, speed: 200, gateway: failure),
    });

    private IClusterRpc Rpc(ClusterScene scene, double speed, IFaultPlan? faults = null, bool isDown = false, ClusterRpcFailure? gateway = null)
    {
        var world = World(speed);
        var coordinator = world.Coordinator("first", faults);
        coordinator.GatewayFailure = gateway;
        var cluster = new SimulatedClusterRpc(coordinator, world.Cluster.Chain, node: null, new SceneAnswers(scene));
        return world.Through<IClusterRpc>(new SimulatedWitness(coordinator, cluster, new WitnessTrouble(world.Cluster) { IsDown = isDown }));
    }

    private (RunningWorld World, IClusterRpc Witness, WitnessTrouble Trouble) Chain()
    {
        var world = World(speed: 20);
        var coordinator = world.Coordinator("first");
        var trouble = new WitnessTrouble(world.Cluster);
        var cluster = new SimulatedClusterRpc(coordinator, world.Cluster.Chain, node: null, new ChainAnswers(world.Cluster, node: null));
        return (world, world.Through<IClusterRpc>(new SimulatedWitness(coordinator, cluster, trouble)), trouble);
    }

    private RunningWorld World(double speed)
    {
        var world = new RunningWorld(speed);
        _worlds.Add(world);
        return world;
    }
}
