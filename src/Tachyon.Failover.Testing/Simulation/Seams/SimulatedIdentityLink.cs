using Tachyon.Failover.Hosts;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>The identity link of a simulated node.</summary>
internal sealed class SimulatedIdentityLink(NodeConversation conversation) : IIdentityLink
{
    private static readonly TimeSpan Limit = new ValidatorTimeLimits().Command;

    public async Task<CallResult<IdentityLinkTarget>> ReadAsync(CancellationToken cancellationToken = default) =>
        (await conversation.LookAsync(HostCommands.ReadLink(), Limit, cancellationToken).ConfigureAwait(false)).As<IdentityLinkTarget>();

    public async Task<CallResult> PointAtAsync(IdentityRole identity, CancellationToken cancellationToken = default) =>
        (await conversation.RunAsync(HostCommands.PointLink(identity), Limit, cancellationToken).ConfigureAwait(false)).Result;

    public string CommandToPointAt(IdentityRole identity) => $"ln -sfn {NodePaths.Usual.KeypairOf(identity)} {NodePaths.Usual.Link}";
}
