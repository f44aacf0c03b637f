using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Seams;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

[RunsContract(typeof(SimulatedGuardHeartbeat))]
public sealed class SimulatedGuardHeartbeatTests : GuardHeartbeatContract, IAsyncDisposable
{
    private readonly RunningWorld _world = new(speed: 50);

    public SimulatedGuardHeartbeatTests()
    {
        Guards = Of(_world.Coordinator("guard"));
        Watchs = Of(_world.Coordinator("watch"));
        var cutOff = _world.Coordinator("cut off");
        _world.Do(() => cutOff.WireTo(_world.A).Partition());
        Unreachable = Of(cutOff);
    }

    protected override IGuardHeartbeat Guards { get; }

    protected override IGuardHeartbeat Watchs { get; }

    protected override IGuardHeartbeat Unreachable { get; }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task ReadAsync_MachineWasStartedSince_IsNotDone()
    {
        await Guards.BeatAsync(TestContext.Current.CancellationToken);
        var isUp = _world.Ask(() =>
        {
            _world.A.Crash(TimeSpan.FromSeconds(1));
            _world.Cluster.Run(TimeSpan.FromSeconds(2));
            return _world.A.IsUp;
        });
        isUp.Should().BeTrue();

        (await Watchs.ReadAsync(TestContext.Current.CancellationToken)).IsDone.Should().BeFalse();
    }

    private IGuardHeartbeat Of(SimulatedCoordinator coordinator) => _world.Through<IGuardHeartbeat>(_world.Ask(() => coordinator.Pair(_world.A).Source.Heartbeat!));
}
