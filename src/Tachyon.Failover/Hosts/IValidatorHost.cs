using Tachyon.Failover.Identities;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Hosts;

/// <summary>A running validator, as far as a failover commands it.</summary>
/// <remarks>
/// Thread-safe. Calls on one host are sent at once and carried out one at a time, in the order in which they were made; a
/// caller need not wait for one answer before it makes the next call. Every call has a time limit of its own and
/// ends with one of three outcomes; none throws for what a host does. An abandoned call may still be carried out, so
/// cancelling one that was sent gives <see cref="CallOutcome.Unknown"/>.
/// </remarks>
public interface IValidatorHost
{
    /// <summary>
    /// Makes the running validator take another identity (<c>set-identity</c>). Takes 0 to 1 s on an idle validator, which
    /// goes on voting for a part of it. May be repeated: taking the identity that it already has is a success.
    /// </summary>
    /// <param name="identity">Which of the node's keypairs.</param>
    /// <param name="requiredTower">
    /// Null to take the identity whatever tower there is. Otherwise the host does so only if the tower in its folder is this
    /// one, byte for byte (<see cref="CallFailure.TowerNotTheDelivered"/> if not), and passes <c>--require-tower</c>.
    /// </param>
    /// <param name="within">
    /// Null to do so whenever the call arrives. Otherwise the host begins with it only within this time of the call, by its own clock, however long the network or another
    /// call has held it up (<see cref="CallFailure.TooLate"/> if not; zero is always too late): every order that makes a voter has one, because it is safe only as long as what was seen is new, and so has the trial of the arming. A host that cannot keep
    /// to it says that it is not done.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<CallResult> SetIdentityAsync(IdentityRole identity, TowerDigest? requiredTower, TimeSpan? within, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives the validator its authorized voters (<c>authorized-voter add</c>). May be repeated: a voter that is
    /// there already is a success.
    /// </summary>
    Task<CallResult> AddAuthorizedVotersAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes all authorized voters from the validator (<c>authorized-voter remove-all</c>). Once it is done no vote is
    /// generated, whatever the identity; one generated just before may still reach the tower for some milliseconds.
    /// May be repeated. Takes 1.5 ms and no slow lock.
    /// </summary>
    Task<CallResult> RemoveAllAuthorizedVotersAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks the running validator who it is (<c>contact-info</c>). Changes nothing; may be repeated.</summary>
    Task<CallResult<ValidatorContactInfo>> GetContactInfoAsync(CancellationToken cancellationToken = default);

    /// <summary>Looks at what the node is set up with: program, keypair files, folders. Changes nothing; may be repeated.</summary>
    Task<CallResult<ValidatorInspection>> InspectAsync(CancellationToken cancellationToken = default);

    /// <summary>The command that a person would run on the node for the same effect.</summary>
    string CommandFor(ValidatorCommand command);
}
