namespace Tachyon.Failover.Identities;

/// <summary>Where an identity link points, and which keys the node's keypair files hold. Immutable.</summary>
public sealed record IdentityLinkTarget
{
    /// <summary>The path that the link holds, as it stands there (it may be relative).</summary>
    public required string Path { get; init; }

    /// <summary>Which of the node's identities a restart would bring up, by the key in the file that the link leads to; null if it is neither of the node's two keys, or could not be read.</summary>
    public IdentityRole? Identity { get; init; }

    /// <summary>The public half of the keypair file that the link leads to; null if it could not be read.</summary>
    public Pubkey? Key { get; init; }

    /// <summary>The public half of the file that the settings name in <see cref="ValidatorNodeSettings.StakedKeypair"/>; null if it could not be read.</summary>
    public Pubkey? StakedKey { get; init; }

    /// <summary>The public half of the file that the settings name in <see cref="ValidatorNodeSettings.UnstakedKeypair"/>; null if it could not be read.</summary>
    public Pubkey? UnstakedKey { get; init; }
}
