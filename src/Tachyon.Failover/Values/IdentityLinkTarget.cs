namespace Tachyon.Failover;

/// <summary>The target of an identity link, and the keys in the node's keypair files. Immutable.</summary>
public sealed class IdentityLinkTarget
{
    /// <summary>The path in the link, unchanged (it may be relative).</summary>
    public required string Path { get; init; }

    /// <summary>The identity that the node would run after a restart, by the key in the link's target; null if it is neither of the node's two keys, or could not be read.</summary>
    public IdentityRole? Identity { get; init; }

    /// <summary>The public half of the link's target; null if it could not be read.</summary>
    public Pubkey? Key { get; init; }

    /// <summary>The public half of the file in <see cref="ValidatorNodeSettings.StakedKeypair"/>; null if it could not be read.</summary>
    public Pubkey? StakedKey { get; init; }

    /// <summary>The public half of the file in <see cref="ValidatorNodeSettings.UnstakedKeypair"/>; null if it could not be read.</summary>
    public Pubkey? UnstakedKey { get; init; }
}
