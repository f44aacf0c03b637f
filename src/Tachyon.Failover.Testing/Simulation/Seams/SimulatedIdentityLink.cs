using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>The identity link of a simulated node.</summary>
/// <param name="conversation">The conversation.</param>
/// <param name="settings">The paths of its files in the caller's settings; null for the real ones.</param>
internal sealed class SimulatedIdentityLink(NodeConversation conversation, NodePaths? settings = null) : IIdentityLink
{
    private static readonly TimeSpan Limit = new ValidatorTimeLimits().Command;

    private readonly NodePaths _paths = settings ?? NodePaths.Usual;

    public async Task<CallResult<IdentityLinkTarget>> ReadAsync(CancellationToken cancellationToken = default) =>
        (await conversation.ProbeAsync(HostCommands.ReadLink(_paths), Limit, cancellationToken).ConfigureAwait(false)).As<IdentityLinkTarget>();

    public async Task<CallResult> PointAtAsync(IdentityRole identity, CancellationToken cancellationToken = default) =>
        (await conversation.RunAsync(HostCommands.PointLink(identity, _paths), Limit, cancellationToken).ConfigureAwait(false)).Result;

    public string CommandToPointAt(IdentityRole identity) => $"ln -sfn {_paths.KeypairOf(identity)} {_paths.Link}";
}
