using Tachyon.Failover.Testing.Simulation;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Seams;
using Tachyon.Failover.Testing.Towers;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

/// <summary>This suite saves towers by the system's time, so the world's time runs at the same speed.</summary>
[RunsContract(typeof(SimulatedTowerTransport))]
public sealed class SimulatedTowerTransportTests : TowerTransportContract, IAsyncDisposable
{
    private readonly RunningWorld _world = new(speed: 1);
    private ITowerTransport? _transport;

    protected override ITowerTransport Transport => _transport ??= _world.Through(_world.Coordinator("first").Pair(_world.A).Towers);

    protected override IReadOnlyList<TowerFile> Towers { get; } = [.. Enumerable.Range(0, 3).Select(Of)];

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task DeliverAsync_DiskIsFull_IsNotDoneAndTheTowerStays()
    {
        Save(NodeSide.Target, Towers[0]);
        _world.Do(() => _world.B.DiskIsFull = true);

        (await Transport.DeliverAsync(Towers[1], trial: false, TestContext.Current.CancellationToken)).Failure.Should().Be(CallFailure.DiskFull);

        Saved(NodeSide.Target).Should().Equal(Towers[0].Bytes.ToArray());
    }

    [Fact]
    public async Task WatchAsync_ConnectionBreaks_Ends()
    {
        Save(NodeSide.Source, Towers[0]);
        var seen = 0;

        await foreach (var _ in Transport.StreamAsync(NodeSide.Source, TestContext.Current.CancellationToken))
        {
            seen++;
            _world.Do(() => _world.A.Crash(TimeSpan.FromMinutes(5)));
        }

        seen.Should().Be(1);
    }

    protected override void Save(NodeSide node, TowerFile tower) =>
        _world.Do(() => On(node).Towers.Current = SimulatedTower.Of(tower, On(node).Staked));

    protected override byte[]? Saved(NodeSide node) => _world.Ask(() => On(node).Towers.Current?.File.Bytes.ToArray());

    protected override IReadOnlyList<byte[]> Others(NodeSide node) => _world.Ask(() => On(node).Towers.Aside.Select(tower => tower.File.Bytes.ToArray()).ToArray());

    private SimulatedNode On(NodeSide node) => node == NodeSide.Source ? _world.A : _world.B;

    private static TowerFile Of(int number) => TowerWriter.Write(
        new TowerContents
        {
            Node = MemoryCluster.StakedKeypair.Pubkey,
            Root = 100 + (ulong)number,
            Votes = [.. Enumerable.Range(0, 31).Select(i => new TowerVote(101 + (ulong)(number + i), 31 - i))],
        },
        MemoryCluster.StakedKeypair);
}
