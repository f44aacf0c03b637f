namespace Tachyon.Failover.Towers;

/// <summary>Where the newest tower of the active node is kept on the inactive one: beside the name under which a validator looks for it, so that nothing can take it for the real one.</summary>
/// <remarks>Thread-safe. Calls end with one of three outcomes, each within a time limit of the store's own, and do not throw for what a host does. The store carries bytes: whether a
/// tower may be used is decided by its caller.</remarks>
public interface IShadowStore
{
    /// <summary>Keeps a tower in place of the one that is kept: whoever reads meanwhile gets the one or the other, whole. May be repeated.</summary>
    Task<CallResult> StoreAsync(TowerFile tower, CancellationToken cancellationToken = default);

    /// <summary>Reads the tower that is kept. Changes nothing; may be repeated.</summary>
    /// <returns><see cref="CallFailure.TowerMissing"/> if none is.</returns>
    Task<CallResult<TowerFile>> ReadAsync(CancellationToken cancellationToken = default);
}
