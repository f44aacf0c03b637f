namespace Tachyon.Failover.Towers;

/// <summary>Where the tower copy is kept on the inactive node: beside the name that a validator reads, so that no validator uses it.</summary>
/// <remarks>Thread-safe. Calls end with one of three outcomes, each within the store's own time limit, and do not throw for what a host does. The store only carries bytes: its caller
/// decides whether a tower may be used.</remarks>
public interface ITowerCopyStore
{
    /// <summary>Replaces the tower copy. A reader gets the old or the new one, whole. May be repeated.</summary>
    Task<CallResult> StoreAsync(TowerFile tower, CancellationToken cancellationToken = default);

    /// <summary>Reads the tower copy. Changes nothing; may be repeated.</summary>
    /// <returns><see cref="CallFailure.TowerMissing"/> if there is none.</returns>
    Task<CallResult<TowerFile>> ReadAsync(CancellationToken cancellationToken = default);
}
