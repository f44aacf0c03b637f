using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Seams;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

[RunsContract(typeof(SimulatedPowerSwitch))]
public sealed class SimulatedPowerSwitchTests : FencingDeviceContract, IAsyncDisposable
{
    private readonly RunningWorld _world = new(speed: 20);
    private readonly IFencingDevice _fence;

    public SimulatedPowerSwitchTests()
    {
        _world.Do(() =>
        {
            Node.HasPowerSwitch = true;
            Node.StartValidator(TimeSpan.Zero);
        });
        var coordinator = _world.Coordinator("first");
        _fence = _world.Through<IFencingDevice>(_world.Ask(() => coordinator.Pair(Node).Source.FencingDevice!));
    }

    protected override IFencingDevice Fence => That(PowerSwitchState.Works);

    protected override IFencingDevice RefusingFence => That(PowerSwitchState.Refuses);

    private SimulatedNode Node => _world.A;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(nameof(PowerSwitchState.LosesItsAnswer), true)]
    [InlineData(nameof(PowerSwitchState.DoesNothing), false)]
    public async Task FenceAsync_NoAnswer_IsNotKnownUntilItIsVerified(string state, bool isFenced)
    {
        var fence = That(Enum.Parse<PowerSwitchState>(state));

        (await fence.FenceAsync(TestContext.Current.CancellationToken)).Outcome.Should().Be(CallOutcome.Unknown);

        (await fence.VerifyAsync(TestContext.Current.CancellationToken)).IsDone.Should().Be(isFenced);
    }

    protected override Task<bool> IsFencedAsync() => Task.FromResult(_world.Ask(() => !Node.IsUp && Node.Process is null));

    protected override Task FreeAsync()
    {
        _world.Do(Node.PowerOn);
        return Task.CompletedTask;
    }

    private IFencingDevice That(PowerSwitchState state)
    {
        _world.Do(() => Node.PowerSwitch = state);
        return _fence;
    }
}
