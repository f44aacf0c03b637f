using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>A host that forwards every call; a test overrides the call that it is about.</summary>
internal class HostWrapper(IValidatorHost inner) : IValidatorHost
{
    protected IValidatorHost Inner => inner;

    public virtual Task<CallResult> SetIdentityAsync(IdentityRole identity, TowerFile? requiredTower, TimeSpan? within, CancellationToken cancellationToken = default) =>
        inner.SetIdentityAsync(identity, requiredTower, within, cancellationToken);

    public virtual Task<CallResult> AddAuthorizedVotersAsync(CancellationToken cancellationToken = default) => inner.AddAuthorizedVotersAsync(cancellationToken);

    public virtual Task<CallResult> RemoveAllAuthorizedVotersAsync(CancellationToken cancellationToken = default) => inner.RemoveAllAuthorizedVotersAsync(cancellationToken);

    public virtual Task<CallResult<ClusterNode>> GetContactInfoAsync(CancellationToken cancellationToken = default) => inner.GetContactInfoAsync(cancellationToken);

    public virtual Task<CallResult<ValidatorInspection>> InspectAsync(CancellationToken cancellationToken = default) => inner.InspectAsync(cancellationToken);

    public virtual string CommandFor(ValidatorCommand command) => inner.CommandFor(command);
}
