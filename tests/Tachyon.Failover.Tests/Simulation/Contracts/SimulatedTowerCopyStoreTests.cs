using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Seams;
using Tachyon.Failover.Testing.Towers;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

[RunsContract(typeof(SimulatedTowerCopyStore))]
public sealed class SimulatedTowerCopyStoreTests : TowerCopyStoreContract, IAsyncDisposable
{
    private readonly RunningWorld _world = new(speed: 20);

    public SimulatedTowerCopyStoreTests()
    {
        Store = StoreOf(_world.Coordinator("first"));
        OtherStore = StoreOf(_world.Coordinator("other"));
        var cutOff = _world.Coordinator("cut off");
        cutOff.WireTo(Node).HostIsUp = static () => false;
        UnreachableStore = StoreOf(cutOff);
    }

    protected override ITowerCopyStore Store { get; }

    protected override ITowerCopyStore OtherStore { get; }

    protected override ITowerCopyStore UnreachableStore { get; }

    protected override IReadOnlyList<TowerFile> Towers { get; } =
    [
        .. Enumerable.Range(0, 3).Select(static number => TowerWriter.Write(
            new TowerContents { Node = MemoryCluster.StakedKeypair.Pubkey, Root = 100, Votes = [new TowerVote(101 + (ulong)number, 1)] },
            MemoryCluster.StakedKeypair)),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SimulatedNode Node => _world.B;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task StoreAsync_DiskIsFull_IsNotDoneAndKeepsWhatWasThere()
    {
        await Store.StoreAsync(Towers[0], Token);
        _world.Do(() => Node.DiskIsFull = true);

        (await Store.StoreAsync(Towers[1], Token)).Failure.Should().Be(CallFailure.DiskFull);

        (await Store.ReadAsync(Token)).Value.Should().Be(Towers[0]);
    }

    protected override byte[]? Real() => _world.Ask(() => Node.Towers.Current?.File.Bytes.ToArray());

    protected override void PlaceReal(TowerFile tower) => _world.Do(() => Node.Towers.Current = SimulatedTower.Of(tower, Node.Staked));

    private ITowerCopyStore StoreOf(SimulatedCoordinator coordinator) => _world.Through<ITowerCopyStore>(_world.Ask(() => coordinator.Pair(_world.A).Target.TowerCopies!));
}
