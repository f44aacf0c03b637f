using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation.Seams;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

[RunsContract(typeof(SimulatedNodeLock))]
public sealed class SimulatedNodeLockTests : NodeLockContract, IAsyncDisposable
{
    private readonly RunningWorld _world = new(speed: 20);
    private INodeLock? _lock;
    private INodeLock? _other;

    protected override INodeLock Lock => _lock ??= LockOf("first", oneWayMilliseconds: 1);

    // So far away that the first would come too early if the release did not wait for the node.
    protected override INodeLock OtherLock => _other ??= LockOf("other", oneWayMilliseconds: 120);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task AcquireAsync_HolderHasCrashedAndItsMachineLives_IsDone()
    {
        var holder = _world.Coordinator("holder");
        await _world.Through(holder.Pair(_world.A).Source.Lock!).AcquireAsync("holder", TestContext.Current.CancellationToken);
        (await Lock.AcquireAsync("me", TestContext.Current.CancellationToken)).Failure.Should().Be(CallFailure.LockHeld);

        _world.Do(() => holder.Crash(machineLives: true));

        (await Lock.AcquireAsync("me", TestContext.Current.CancellationToken)).Should().Be(CallResult.Done());
    }

    private INodeLock LockOf(string name, double oneWayMilliseconds) =>
        _world.Through(_world.Coordinator(name, oneWayMilliseconds: oneWayMilliseconds).Pair(_world.A).Source.Lock!);
}
