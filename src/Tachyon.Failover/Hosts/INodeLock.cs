namespace Tachyon.Failover.Hosts;

/// <summary>
/// One coordinator at a time on a node. The lock is held on the node itself, by what carries the coordinator's calls there,
/// so that it goes when the coordinator is gone: also when that one's machine was lost without a word, or was stopped. The node itself ends the lock, by its own clock, when no sign of life comes.
/// </summary>
/// <remarks>
/// Thread-safe. A coordinator whose connection was lost takes the lock again with the next call that it makes, and gets it
/// only once nothing that it had sent before can begin or go on. If another coordinator had it in between, it does not get it back: that call and
/// all after it are not done, with <see cref="CallFailure.LockLost"/>. Not a substitute for the seal: it keeps two
/// coordinators apart, not two validators.
/// </remarks>
public interface INodeLock
{
    /// <summary>Takes the lock, and opens whatever the calls after it need. May be repeated by its holder.</summary>
    /// <param name="holder">Who takes it: one run of one coordinator, by a name that no other run has. Another coordinator reads it in its
    /// refusal.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns><see cref="CallFailure.LockHeld"/> if another coordinator has it. The detail begins with the holder's name; it may go on with since when, and how a lock is ended whose holder is gone.</returns>
    Task<CallResult> AcquireAsync(string holder, CancellationToken cancellationToken = default);

    /// <summary>Gives the lock back. May be repeated; a lock that this holder does not hold is left alone, and a success.</summary>
    /// <param name="holder">Who took it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<CallResult> ReleaseAsync(string holder, CancellationToken cancellationToken = default);
}
