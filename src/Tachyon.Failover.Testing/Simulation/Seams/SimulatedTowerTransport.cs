using System.Runtime.CompilerServices;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Wire;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>Transfers towers between the simulated nodes over the conversations. Each stream has its own session.</summary>
internal sealed class SimulatedTowerTransport(NodeConversation source, NodeConversation target, EventQueue events) : ITowerTransport
{
    private static readonly TimeSpan Limit = new ValidatorTimeLimits().Command;

    public bool IsOrderedWithHost => true;

    public async IAsyncEnumerable<TowerFile> StreamAsync(NodeSide node, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var feed = new TowerFeedSession(On(node), events);
        await using (feed.ConfigureAwait(false))
        {
            while (await feed.NextAsync(cancellationToken).ConfigureAwait(false) is { } tower)
            {
                yield return tower;
            }
        }
    }

    public async Task<CallResult> AwaitVoteAsync(TimeSpan silence, bool sinceLastWait, CancellationToken cancellationToken = default) =>
        (await source.RunAsync(HostCommands.AwaitVote(silence, sinceLastWait), Limit + silence, cancellationToken).ConfigureAwait(false)).Result;

    public async Task<CallResult<TowerFile>> ReadAsync(NodeSide node, TimeSpan drain, CancellationToken cancellationToken = default) =>
        (await On(node).ProbeAsync(HostCommands.ReadTower(drain), Limit + drain, cancellationToken).ConfigureAwait(false)).As<TowerFile>();

    public async Task<CallResult> DeliverAsync(TowerFile tower, bool trial, CancellationToken cancellationToken = default) =>
        (await target.RunAsync(HostCommands.DeliverTower(tower, trial), Limit, cancellationToken).ConfigureAwait(false)).Result;

    public async Task<CallResult> MoveAsideAsync(NodeSide node, CancellationToken cancellationToken = default) =>
        (await On(node).RunAsync(HostCommands.SetAside(), Limit, cancellationToken).ConfigureAwait(false)).Result;

    private NodeConversation On(NodeSide node) => node == NodeSide.Source ? source : target;
}
