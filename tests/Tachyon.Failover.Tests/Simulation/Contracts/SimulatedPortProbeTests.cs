using System.Net;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Seams;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

[RunsContract(typeof(SimulatedPortProbe))]
public sealed class SimulatedPortProbeTests : PortProbeContract, IAsyncDisposable
{
    private readonly RunningWorld _world = new(speed: 50);
    private readonly SimulatedCoordinator _coordinator;

    public SimulatedPortProbeTests()
    {
        _world.Do(() => _world.A.StartValidator(TimeSpan.Zero));
        _coordinator = _world.Coordinator("first");
        Probe = _world.Through<IPortProbe>(_world.Ask(() => _coordinator.Pair(_world.A).Ports!));
    }

    protected override IPortProbe Probe { get; }

    protected override IPEndPoint Open => _world.Ask(() => _world.A.Gossip);

    // No validator runs there.
    protected override IPEndPoint Closed => _world.Ask(() => _world.B.Gossip);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task TryAsync_AFrozenProcess_IsConnectedToByItsKernel()
    {
        _world.Do(() => _world.A.StopValidator(TimeSpan.FromHours(1)));

        (await Probe.TryAsync(Open, Token)).Should().BeTrue();
    }

    [Fact]
    public async Task TryAsync_CutOffOrOff_IsClosed()
    {
        _world.Do(() => _coordinator.WireTo(_world.A).Partition());
        (await Probe.TryAsync(Open, Token)).Should().BeFalse();

        _world.Do(() =>
        {
            _coordinator.WireTo(_world.A).Heal();
            _world.A.Crash(TimeSpan.FromHours(1));
        });
        (await Probe.TryAsync(Open, Token)).Should().BeFalse();
    }
}
