using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Seams;

/// <summary>A host whose exceptions are results.</summary>
internal sealed class GuardedHost(IValidatorHost inner) : IValidatorHost
{
    public Task<CallResult> SetIdentityAsync(IdentityRole identity, TowerFile? requiredTower, TimeSpan? within, CancellationToken cancellationToken = default) =>
        GuardedCall.RunAsync(() => inner.SetIdentityAsync(identity, requiredTower, within, cancellationToken), cancellationToken);

    public Task<CallResult> AddAuthorizedVotersAsync(CancellationToken cancellationToken = default) =>
        GuardedCall.RunAsync(() => inner.AddAuthorizedVotersAsync(cancellationToken), cancellationToken);

    public Task<CallResult> RemoveAllAuthorizedVotersAsync(CancellationToken cancellationToken = default) =>
        GuardedCall.RunAsync(() => inner.RemoveAllAuthorizedVotersAsync(cancellationToken), cancellationToken);

    public Task<CallResult<ClusterNode>> GetContactInfoAsync(CancellationToken cancellationToken = default) =>
        GuardedCall.ReadAsync(() => inner.GetContactInfoAsync(cancellationToken), cancellationToken);

    public Task<CallResult<ValidatorInspection>> InspectAsync(CancellationToken cancellationToken = default) =>
        GuardedCall.ReadAsync(() => inner.InspectAsync(cancellationToken), cancellationToken);

    public string CommandFor(ValidatorCommand command) => GuardedCall.Words(() => inner.CommandFor(command));
}
