namespace Tachyon.Failover.Nodes;

/// <summary>
/// One coordinator at a time on a node. The node itself holds the lock, in what carries the coordinator's calls there. So the lock ends with the
/// coordinator, also when its machine is lost or stopped. Without a heartbeat the node ends the lock, by its own clock.
/// </summary>
/// <remarks>
/// Thread-safe. A coordinator that lost its connection takes the lock again with its next call. It gets the lock only after
/// nothing that it sent before can begin or continue. If another coordinator held it in between, this one does not get it back: that call and
/// all after it are not done, with <see cref="CallFailure.LockLost"/>. The lock does not replace the seal: it excludes a second
/// coordinator, not a second validator.
/// </remarks>
public interface INodeLock
{
    /// <summary>Takes the lock, and opens what the later calls need. May be repeated by its holder.</summary>
    /// <param name="holder">The run that takes it, by a name that no other run has. Another coordinator reads it in its
    /// refusal.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns><see cref="CallFailure.LockHeld"/> if another coordinator has it. The detail begins with the holder's name. The start time may follow, and how to end the lock of a holder that is gone.</returns>
    Task<CallResult> AcquireAsync(string holder, CancellationToken cancellationToken = default);

    /// <summary>Releases the lock. May be repeated. A lock of another holder is left alone; that is a success.</summary>
    /// <param name="holder">The holder that took it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task<CallResult> ReleaseAsync(string holder, CancellationToken cancellationToken = default);
}
