using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;

namespace Tachyon.Failover.Towers;

/// <summary>The bytes of a tower file, exactly as they were read and not yet checked; see <see cref="Tower.Decode"/>.</summary>
/// <remarks>Immutable: the bytes given are copied.</remarks>
public sealed class TowerFile : IEquatable<TowerFile>, IEqualityOperators<TowerFile, TowerFile, bool>
{
    private readonly byte[] _bytes;

    /// <summary>Keeps a copy of the bytes.</summary>
    public TowerFile(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes.ToArray();
        Digest = Convert.ToHexStringLower(SHA256.HashData(_bytes));
    }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The SHA-256 of the bytes: 64 lower-case hexadecimal digits, as <c>sha256sum</c> prints them.</summary>
    public string Digest { get; }

    /// <summary>Whether both have the same bytes.</summary>
    public static bool operator ==(TowerFile? left, TowerFile? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether their bytes differ.</summary>
    public static bool operator !=(TowerFile? left, TowerFile? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] TowerFile? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as TowerFile);

    /// <inheritdoc/>
    public override int GetHashCode() => Digest.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{_bytes.Length} bytes, sha256 {Digest}";
}
