using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Seams;

/// <summary>An identity link whose exceptions are results.</summary>
internal sealed class GuardedLink(IIdentityLink inner) : IIdentityLink
{
    public Task<CallResult<IdentityLinkTarget>> ReadAsync(CancellationToken cancellationToken = default) =>
        GuardedCall.ReadAsync(() => inner.ReadAsync(cancellationToken), cancellationToken);

    public Task<CallResult> PointAtAsync(IdentityRole identity, CancellationToken cancellationToken = default) =>
        GuardedCall.RunAsync(() => inner.PointAtAsync(identity, cancellationToken), cancellationToken);

    public string CommandToPointAt(IdentityRole identity) => GuardedCall.Words(() => inner.CommandToPointAt(identity));
}
