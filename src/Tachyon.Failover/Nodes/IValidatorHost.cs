using Tachyon.Failover.Cluster;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Nodes;

/// <summary>The commands to a running validator that a failover needs.</summary>
/// <remarks>
/// Thread-safe. Calls on one host are sent at once and executed one at a time, in the order of the calls; a
/// caller need not wait for one answer before the next call. Every call has its own time limit and
/// ends with one of three outcomes; none throws for what a host does. A canceled call that was sent may still be executed, so its result is <see cref="CallOutcome.Unknown"/>.
/// </remarks>
public interface IValidatorHost
{
    /// <summary>
    /// Sets the identity of the running validator (<c>set-identity</c>). Takes 0 to 1 s on an idle validator, which
    /// may vote during a part of it. May be repeated: setting the identity that it already has is a success.
    /// </summary>
    /// <param name="identity">Which of the node's keypairs.</param>
    /// <param name="requiredTower">
    /// Null for any tower. Otherwise the host sets the identity only if the tower in its folder is this
    /// one, byte for byte (<see cref="CallFailure.TowerMismatch"/> if not), and passes <c>--require-tower</c>.
    /// </param>
    /// <param name="within">
    /// Null for no limit. Otherwise the host begins only within this time of the call, by its own clock. If the network or another call delays it for longer, the result is
    /// <see cref="CallFailure.Expired"/>; zero is always too late. Every order that makes a voter has a limit, and so has the trial during preparation:
    /// the order is safe only while its evidence is new. A host that cannot keep the limit returns "not done".
    /// </param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task<CallResult> SetIdentityAsync(IdentityRole identity, TowerFile? requiredTower, TimeSpan? within, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds the node's authorized voters to the validator (<c>authorized-voter add</c>). May be repeated: a voter that is
    /// already there is a success.
    /// </summary>
    Task<CallResult> AddAuthorizedVotersAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes all authorized voters from the validator (<c>authorized-voter remove-all</c>). Afterwards it generates no vote,
    /// with any identity. A vote generated just before may still reach the tower for some milliseconds.
    /// May be repeated. Takes 1.5 ms and no slow lock.
    /// </summary>
    Task<CallResult> RemoveAllAuthorizedVotersAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the identity and the addresses of the running validator (<c>contact-info</c>). Changes nothing; may be repeated.</summary>
    Task<CallResult<ClusterNode>> GetContactInfoAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the node's set-up: program, keypair files, folders. Changes nothing; may be repeated.</summary>
    Task<CallResult<ValidatorInspection>> InspectAsync(CancellationToken cancellationToken = default);

    /// <summary>The command with which an operator does the same on the node.</summary>
    string CommandFor(ValidatorCommand command);
}
