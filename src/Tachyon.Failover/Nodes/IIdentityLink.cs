namespace Tachyon.Failover.Nodes;

/// <summary>
/// The symbolic link that a node's start script passes as <c>--identity</c>. It decides which identity the node runs after a
/// restart and does not affect a running validator.
/// </summary>
/// <remarks>Thread-safe. Calls on one link are executed in the order in which they were made.</remarks>
public interface IIdentityLink
{
    /// <summary>Reads the target of the link. Changes nothing; may be repeated.</summary>
    /// <returns>
    /// The target, with the public halves of its file and of both keypair files; <see cref="CallFailure.NotALink"/> if the link is missing or is not a
    /// link. The key in the file decides which identity it is, not the file's name.
    /// </returns>
    Task<CallResult<IdentityLinkTarget>> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Points the link at one of the node's keypairs. Atomic: a reader sees the old target or the new one, never none.
    /// Another call with the same identity is a success and changes nothing. Takes effect at the validator's next start.
    /// </summary>
    /// <returns>
    /// <see cref="CallFailure.NotALink"/>, and nothing changed, if it is not a link; <see cref="CallFailure.KeypairUnusable"/>, and nothing changed, if the file
    /// does not hold the right key: the staked identity for <see cref="IdentityRole.Staked"/>, any other for <see cref="IdentityRole.Unstaked"/>.
    /// </returns>
    Task<CallResult> PointAtAsync(IdentityRole identity, CancellationToken cancellationToken = default);

    /// <summary>The command with which an operator does the same as <see cref="PointAtAsync"/> on the node.</summary>
    string CommandToPointAt(IdentityRole identity);
}
