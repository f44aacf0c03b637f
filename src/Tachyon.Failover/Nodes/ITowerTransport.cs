using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Nodes;

/// <summary>Carries the staked identity's tower from the source to the target.</summary>
/// <remarks>
/// Thread-safe. Calls end with one of three outcomes, each within the transport's own time limit, and do not throw for
/// what a host does. The transport only carries bytes: its caller decides whether a tower may be used.
/// </remarks>
public interface ITowerTransport
{
    /// <summary>
    /// Whether calls here are executed in one order with the calls on the same node's <see cref="IValidatorHost"/>. Then
    /// they are sent without waiting for each other's answer. False for a transport with its own connections.
    /// </summary>
    bool IsOrderedWithHost { get; }

    /// <summary>
    /// The tower stream: the present tower, then every tower as the node saves it. It ends when the connection to the node
    /// ends. Several streams may be read side by side. A tower that is replaced at once by a newer one may be left out.
    /// </summary>
    IAsyncEnumerable<TowerFile> StreamAsync(NodeSide node, CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits on the source for a saved vote, but at most <paramref name="silence"/> after the newest one: a validator that was
    /// silent for that long has stopped. Only speed depends on it, so silence is a success.
    /// </summary>
    /// <param name="silence">Somewhat more than a slot.</param>
    /// <param name="sinceLastWait">
    /// False to wait for the next vote. True to accept a vote that was saved since the last such wait ended: a validator whose
    /// <c>set-identity</c> took longer than a slot has cast its last vote meanwhile.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task<CallResult> AwaitVoteAsync(TimeSpan silence, bool sinceLastWait, CancellationToken cancellationToken = default);

    /// <summary>Reads the tower of the staked identity. Changes nothing; may be repeated.</summary>
    /// <param name="node">The node to read.</param>
    /// <param name="drain">How long to wait before the read, for a vote that is still being saved. If it is not zero, a tower that the validator is writing
    /// (<c>.new</c>) is waited for too, for a second. If it is still being written then, the call fails with <see cref="CallFailure.TimedOut"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The bytes as read; <see cref="CallFailure.TowerMissing"/> if there is none.</returns>
    Task<CallResult<TowerFile>> ReadAsync(NodeSide node, TimeSpan drain, CancellationToken cancellationToken = default);

    /// <summary>
    /// Puts a tower into the target's folder: written to a temporary name, synced, compared, renamed, with the owner and mode of the
    /// towers there. Another tower in its place is moved aside, never overwritten. A second delivery of the same tower is a success.
    /// </summary>
    /// <param name="tower">The bytes.</param>
    /// <param name="trial">Whether to stop before the rename and delete the copy, so that nothing is changed: a test of the
    /// transfer and its time.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<CallResult> DeliverAsync(TowerFile tower, bool trial, CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves a tower aside under a numbered name that no validator reads, so that nothing is lost and no stale tower is
    /// used. A folder without a tower is a success.
    /// </summary>
    /// <returns>The new path as the detail; null if there was no tower.</returns>
    Task<CallResult> MoveAsideAsync(NodeSide node, CancellationToken cancellationToken = default);
}
