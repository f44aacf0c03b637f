namespace Tachyon.Failover.Identities;

/// <summary>
/// The symbolic link that a node's start script gives as <c>--identity</c>. It decides which identity comes back at a
/// restart and does not touch a running validator.
/// </summary>
/// <remarks>Thread-safe. Calls on one link are carried out in the order in which they were made.</remarks>
public interface IIdentityLink
{
    /// <summary>Reads where the link points. Changes nothing; may be repeated.</summary>
    /// <returns>
    /// The target, with the public halves of the file that it leads to and of both keypair files; <see cref="CallFailure.NotALink"/> if the link is missing or something else stands in its
    /// place. Which identity it is, the key in the file tells, not its name.
    /// </returns>
    Task<CallResult<IdentityLinkTarget>> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Points the link at one of the node's keypairs. Atomic: a reader sees the old target or the new one, never none.
    /// Calling it again with the same identity is a success and changes nothing. Takes effect at the validator's next start.
    /// </summary>
    /// <returns>
    /// <see cref="CallFailure.NotALink"/>, and nothing changed, if something else than a link stands in its place; <see cref="CallFailure.KeypairUnusable"/>, and nothing changed, if the file
    /// does not hold the key that is meant: the staked identity for <see cref="IdentityRole.Staked"/>, any other for <see cref="IdentityRole.Unstaked"/>.
    /// </returns>
    Task<CallResult> PointAtAsync(IdentityRole identity, CancellationToken cancellationToken = default);

    /// <summary>The command that a person would run on the node to do what <see cref="PointAtAsync"/> does.</summary>
    string CommandToPointAt(IdentityRole identity);
}
