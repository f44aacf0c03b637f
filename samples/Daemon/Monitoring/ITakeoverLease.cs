namespace Tachyon.Failover.Daemon.Monitoring;

/// <summary>
/// Decides which of several daemons of a pair may act, before any of them contacts a node. It is for a shared store such as etcd or Consul. The locks on the nodes also exclude a second
/// coordinator, so a lease that errs costs a refused takeover, never a second voter.
/// </summary>
/// <remarks>Thread-safe. A lease belongs to one pair: a daemon for several pairs has one for each.</remarks>
internal interface ITakeoverLease
{
    /// <summary>Takes the lease, if it is free, has expired, or is already this holder's. May be repeated.</summary>
    /// <param name="holder">The caller's name; no two daemons have the same.</param>
    /// <param name="term">How long the lease lasts unless it is renewed; counted from the call or later, so that a holder that counts from before the call stops first.</param>
    /// <param name="cancellationToken">Cancels the call; the lease may have been taken.</param>
    /// <returns>Whether this holder has it.</returns>
    /// <exception cref="IOException">It is unknown who holds it. No daemon acts on an unknown lease.</exception>
    Task<bool> AcquireAsync(string holder, TimeSpan term, CancellationToken cancellationToken = default);

    /// <summary>Extends the lease by another term, from now. An expired lease that no other holder has taken is held again.</summary>
    /// <param name="holder">The same name as for <see cref="AcquireAsync"/>.</param>
    /// <param name="term">As for <see cref="AcquireAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the call; the lease may have been renewed.</param>
    /// <returns>Whether this holder has it; false if it never had it, or another holder has it now.</returns>
    /// <exception cref="IOException">It is unknown who holds it.</exception>
    Task<bool> RenewAsync(string holder, TimeSpan term, CancellationToken cancellationToken = default);

    /// <summary>Releases it at once. Another holder's lease is left alone. May be repeated.</summary>
    /// <param name="holder">The same name as for <see cref="AcquireAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="IOException">It could not be released; it expires by itself.</exception>
    Task ReleaseAsync(string holder, CancellationToken cancellationToken = default);
}
