using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Wire;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>The tower that a monitor stores on a simulated node: on its disk, so that it outlives every program.</summary>
internal sealed class SimulatedTowerCopyStore(NodeConversation conversation) : ITowerCopyStore
{
    private static readonly TimeSpan Limit = new ValidatorTimeLimits().Command;

    public async Task<CallResult> StoreAsync(TowerFile tower, CancellationToken cancellationToken = default) =>
        (await conversation.RunAsync(HostCommands.StoreTowerCopy(tower), Limit, cancellationToken).ConfigureAwait(false)).Result;

    public async Task<CallResult<TowerFile>> ReadAsync(CancellationToken cancellationToken = default) =>
        (await conversation.ProbeAsync(HostCommands.ReadTowerCopy(), Limit, cancellationToken).ConfigureAwait(false)).As<TowerFile>();
}
