using System.Security.Cryptography;

namespace Tachyon.Failover.Towers;

/// <summary>The SHA-256 of a tower file, which identifies it.</summary>
public sealed record TowerDigest
{
    private TowerDigest(string hex) => Hex = hex;

    /// <summary>64 lower-case hexadecimal digits, as <c>sha256sum</c> prints them.</summary>
    public string Hex { get; }

    /// <summary>The digest of these bytes.</summary>
    public static TowerDigest Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <inheritdoc/>
    public override string ToString() => Hex;
}
