namespace Tachyon.Failover.Towers;

/// <summary>Brings the staked identity's tower from the source to the target, and nothing else to anywhere.</summary>
/// <remarks>
/// Thread-safe. Calls end with one of three outcomes, each within a time limit of the transport's own, and do not throw for
/// what a host does. The transport carries bytes: whether a tower may be used is decided by its caller.
/// </remarks>
public interface ITowerTransport
{
    /// <summary>
    /// Whether calls here are carried out in one order with the calls on the same node's <see cref="Hosts.IValidatorHost"/>, so
    /// that one may be sent behind the other without waiting for its answer. A transport with connections of its own says false.
    /// </summary>
    bool KeepsOrderWithHosts { get; }

    /// <summary>
    /// The feed: the tower that is there, then every one that the node saves, as it is saved. It ends when the node can no longer be
    /// watched. Several feeds may be read side by side. A tower that is replaced at once by a newer one may be left out.
    /// </summary>
    IAsyncEnumerable<TowerFile> WatchAsync(NodeSide node, CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits on the source for a saved vote, but not beyond <paramref name="silence"/> after the newest one: a validator that
    /// was silent for that long has stopped, and nothing is waited for. Only speed depends on it, so silence is a success.
    /// </summary>
    /// <param name="silence">Somewhat more than a slot.</param>
    /// <param name="sinceLastWait">
    /// False to wait for the next vote. True if a vote that was saved since the last such wait ended is waited for no more: a validator whose
    /// <c>set-identity</c> took longer than a slot has cast its last vote meanwhile.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<CallResult> AwaitVoteAsync(TimeSpan silence, bool sinceLastWait, CancellationToken cancellationToken = default);

    /// <summary>Reads the tower of the staked identity. Changes nothing; may be repeated.</summary>
    /// <param name="node">Where.</param>
    /// <param name="drain">How long to wait before, for a vote that is still on its way to the file. If it is not zero, a tower that the validator is writing at that moment
    /// (<c>.new</c>) is waited for too, for a second; if it is still being written then, nothing is read, and the call fails with <see cref="CallFailure.TimedOut"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The bytes as they are; <see cref="CallFailure.TowerMissing"/> if there is none.</returns>
    Task<CallResult<TowerFile>> ReadAsync(NodeSide node, TimeSpan drain, CancellationToken cancellationToken = default);

    /// <summary>
    /// Puts a tower into the target's folder: written beside it, synced, compared, renamed, with the owner and mode that a
    /// tower there has. Another tower in its place is moved aside, never overwritten. Delivering the same one twice is a success.
    /// </summary>
    /// <param name="tower">The bytes.</param>
    /// <param name="trial">Whether to stop before the rename and take the copy away again, so that nothing is changed: a rehearsal of the
    /// way and of its time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<CallResult> DeliverAsync(TowerFile tower, bool trial, CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves a tower aside under a name that no validator reads, with a number, so that nothing is lost and nothing stale can be
    /// used. A folder without a tower is a success.
    /// </summary>
    /// <returns>As detail the new path, or null if there was none.</returns>
    Task<CallResult> SetAsideAsync(NodeSide node, CancellationToken cancellationToken = default);
}
