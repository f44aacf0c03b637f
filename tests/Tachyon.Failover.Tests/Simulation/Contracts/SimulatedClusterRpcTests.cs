using Tachyon.Failover.Testing.Simulation;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Seams;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

/// <summary>The way of a call, with a scene's answers; <see cref="ChainAnswersTests"/> tests the simulated chain's answers.</summary>
[RunsContract(typeof(SimulatedClusterRpc))]
public sealed class SimulatedClusterRpcTests : ClusterRpcContract, IAsyncDisposable
{
    private readonly List<RunningWorld> _worlds = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var world in _worlds)
        {
            await world.DisposeAsync();
        }
    }

    [Fact]
    public async Task GetSlot_NodeCannotBeReached_TimesOut()
    {
        var world = World(speed: 200);
        var coordinator = world.Coordinator("first");
        var rpc = world.Through(coordinator.Pair(world.A).Source.Rpc!);
        var token = TestContext.Current.CancellationToken;
        world.Do(() => world.A.StartValidator(TimeSpan.Zero));
        (await rpc.GetSlotAsync(Commitment.Processed, token)).Should().BeGreaterThan(4000);

        world.Do(() => coordinator.WireTo(world.A).Partition());

        (await FluentActions.Awaiting(() => rpc.GetSlotAsync(Commitment.Processed, token)).Should().ThrowAsync<ClusterRpcException>())
            .Which.Failure.Should().Be(ClusterRpcFailure.TimedOut);
    }

    protected override Task<IClusterRpc> AnsweringAsync(ClusterScene scene) => Task.FromResult(Rpc(scene, speed: 20, null, gateway: null));

    protected override Task<IClusterRpc> SilentAsync() => Task.FromResult(Rpc(ClusterScene.Usual, speed: 0, null, gateway: null));

    // Most of these wait only for the limit of a call.
    protected override Task<IClusterRpc> FailingAsync(ClusterRpcFailure failure) => Task.FromResult(failure switch
    {
        ClusterRpcFailure.Refused => Failing(RpcFault.Refused),
        ClusterRpcFailure.Unreachable => Failing(RpcFault.Lost),
        ClusterRpcFailure.TimedOut => Failing(RpcFault.Slow),
        _ => Rpc(ClusterScene.Usual, speed: 200, null, failure),
    });

    private IClusterRpc Failing(RpcFault fault) => Rpc(ClusterScene.Usual, speed: 200, new FailingRpc(fault), gateway: null);

    private IClusterRpc Rpc(ClusterScene scene, double speed, IFaultPlan? faults, ClusterRpcFailure? gateway)
    {
        var world = World(speed);
        SimulatedCoordinator coordinator = world.Coordinator("first", faults);
        coordinator.GatewayFailure = gateway;
        return world.Through<IClusterRpc>(new SimulatedClusterRpc(coordinator, world.Cluster.Chain, node: null, new SceneAnswers(scene)));
    }

    private RunningWorld World(double speed)
    {
        var world = new RunningWorld(speed);
        _worlds.Add(world);
        return world;
    }
}
