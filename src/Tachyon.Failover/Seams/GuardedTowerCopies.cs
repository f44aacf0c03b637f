using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Seams;

/// <summary>A tower copy store whose exceptions are results.</summary>
internal sealed class GuardedTowerCopies(ITowerCopyStore inner) : ITowerCopyStore
{
    public Task<CallResult> StoreAsync(TowerFile tower, CancellationToken cancellationToken = default) => GuardedCall.RunAsync(() => inner.StoreAsync(tower, cancellationToken), cancellationToken);

    public Task<CallResult<TowerFile>> ReadAsync(CancellationToken cancellationToken = default) => GuardedCall.ReadAsync(() => inner.ReadAsync(cancellationToken), cancellationToken);
}
