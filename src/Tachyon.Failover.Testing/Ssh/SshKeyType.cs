namespace Tachyon.Failover.Testing.Ssh;

/// <summary>The kind of an SSH key.</summary>
public enum SshKeyType
{
    /// <summary>Ed25519.</summary>
    Ed25519,

    /// <summary>RSA with 2048 bits.</summary>
    Rsa,

    /// <summary>ECDSA on the curve P-256.</summary>
    Ecdsa,
}
