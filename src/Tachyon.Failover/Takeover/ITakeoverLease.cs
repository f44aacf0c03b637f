namespace Tachyon.Failover.Takeover;

/// <summary>
/// Says which of several watchers of a pair may act, before any of them speaks to a node. For a store that they share, such as etcd or Consul; the locks on the nodes exclude two at once besides, so that a
/// lease that errs costs a refused takeover, and never a second voter.
/// </summary>
/// <remarks>Thread-safe. A lease belongs to one pair: who watches several has one for each.</remarks>
public interface ITakeoverLease
{
    /// <summary>Takes the lease, if it is free, has run out, or is this holder's already. May be repeated.</summary>
    /// <param name="holder">Who asks; no two watchers have the same name.</param>
    /// <param name="term">How long it is held for unless it is renewed; counted from no earlier than the call, so that a holder who counts from before it gives up first.</param>
    /// <param name="cancellationToken">Gives up; it may have been taken then.</param>
    /// <returns>Whether this holder has it.</returns>
    /// <exception cref="IOException">It cannot be told. Nobody acts on a lease that cannot be told.</exception>
    Task<bool> AcquireAsync(string holder, TimeSpan term, CancellationToken cancellationToken = default);

    /// <summary>Holds it for another term, from now. One that has run out and that nobody else has taken is held again.</summary>
    /// <param name="holder">As it was acquired.</param>
    /// <param name="term">As for <see cref="AcquireAsync"/>.</param>
    /// <param name="cancellationToken">Gives up; it may have been renewed then.</param>
    /// <returns>Whether this holder has it; false if it never had it, or somebody else has it now.</returns>
    /// <exception cref="IOException">It cannot be told.</exception>
    Task<bool> RenewAsync(string holder, TimeSpan term, CancellationToken cancellationToken = default);

    /// <summary>Gives it back at once. Another's is left alone. May be repeated.</summary>
    /// <param name="holder">As it was acquired.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">It could not be given back; it runs out by itself.</exception>
    Task ReleaseAsync(string holder, CancellationToken cancellationToken = default);
}
