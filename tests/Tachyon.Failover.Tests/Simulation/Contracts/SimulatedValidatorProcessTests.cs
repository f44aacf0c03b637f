using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Seams;
using Tachyon.Failover.Testing.Simulation.Validator;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

[RunsContract(typeof(SimulatedValidatorProcess))]
public sealed class SimulatedValidatorProcessTests : ValidatorProcessContract, IAsyncDisposable
{
    private readonly RunningWorld _world = new(speed: 20);
    private readonly SimulatedCoordinator _coordinator;
    private ValidatorModel? _started;

    public SimulatedValidatorProcessTests()
    {
        _coordinator = _world.Coordinator("first");
        Process = ProcessOf(_coordinator);
        var cutOff = _world.Coordinator("cut off");
        cutOff.WireTo(Node).HostIsUp = static () => false;
        UnreachableProcess = ProcessOf(cutOff);
    }

    protected override IValidatorProcess Process { get; }

    protected override IValidatorProcess UnreachableProcess { get; }

    private SimulatedNode Node => _world.A;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task StopAsync_GivenUpMeanwhile_IsNotKnown()
    {
        await StartAsync();
        _world.Do(() => _coordinator.WireTo(Node).Partition());
        using var giveUp = new CancellationTokenSource();
        var stopping = Process.StopAsync(giveUp.Token);

        await giveUp.CancelAsync();

        (await stopping).Should().Be(CallResult.Unknown(CallFailure.Canceled, "the caller canceled"));
    }

    protected override Task StartAsync()
    {
        _world.Do(() =>
        {
            Node.StartValidator(TimeSpan.Zero);
            _world.Cluster.Run(TimeSpan.FromSeconds(1));
            _started = Node.Process;
        });
        return Task.CompletedTask;
    }

    protected override Task FreezeAsync()
    {
        _world.Do(() => Node.StopValidator(TimeSpan.FromHours(1)));
        return Task.CompletedTask;
    }

    protected override async Task HangAsync()
    {
        await FreezeAsync();
        _world.Do(() => _ = _coordinator.Pair(Node).Source.Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, within: null));
    }

    protected override Task<bool> HasEndedAsync(TimeSpan within) => Task.FromResult(_world.Ask(() => _started!.HasExited));

    private IValidatorProcess ProcessOf(SimulatedCoordinator coordinator) => _world.Through<IValidatorProcess>(_world.Ask(() => coordinator.Pair(Node).Source.Process!));
}
