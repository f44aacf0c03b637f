namespace Tachyon.Failover.Identities;

/// <summary>Where an identity link points.</summary>
public sealed record IdentityLinkTarget
{
    /// <summary>The path that the link holds, as it stands there (it may be relative).</summary>
    public required string Path { get; init; }

    /// <summary>Which of the node's keypairs that is; null if it is neither.</summary>
    public IdentityRole? Identity { get; init; }
}
