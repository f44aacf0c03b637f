using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using SimpleBase;

namespace Tachyon.Failover;

/// <summary>The public half of a keypair: 32 bytes, written in base58.</summary>
/// <remarks>Immutable.</remarks>
public sealed class Pubkey : IEquatable<Pubkey>
{
    /// <summary>The length in bytes.</summary>
    public const int Length = 32;

    private static readonly SearchValues<char> Digits = SearchValues.Create("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");

    private readonly byte[] _bytes;

    /// <summary>Creates a key from its 32 bytes.</summary>
    /// <exception cref="ArgumentException">They are not 32.</exception>
    public Pubkey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"A pubkey has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _bytes = bytes.ToArray();
    }

    /// <summary>The 32 bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Parses a key from base58.</summary>
    /// <exception cref="FormatException">The text is not base58, or not of 32 bytes.</exception>
    public static Pubkey Parse(string base58)
    {
        ArgumentNullException.ThrowIfNull(base58);
        return TryParse(base58, out var pubkey)
            ? pubkey
            : throw new FormatException($"'{base58}' is not a pubkey: it must be the base58 form of {Length} bytes.");
    }

    /// <summary>Parses a key from base58.</summary>
    /// <returns>False if the text is not base58, or not of 32 bytes.</returns>
    public static bool TryParse([NotNullWhen(true)] string? base58, [NotNullWhen(true)] out Pubkey? pubkey)
    {
        pubkey = null;

        // 32 bytes are 32 to 44 digits; the bound prevents the decoding of a long text. SimpleBase's TryDecode returns
        // false for most foreign characters, but throws for those from U+007F on.
        if (base58 is not { Length: >= Length and <= 44 } || base58.ContainsAnyExcept(Digits))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[64];
        if (!Base58.Bitcoin.TryDecode(base58, bytes, out var written) || written != Length)
        {
            return false;
        }

        pubkey = new Pubkey(bytes[..Length]);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] Pubkey? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as Pubkey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bytes, 0);

    /// <summary>The key in base58.</summary>
    public override string ToString() => Base58.Bitcoin.Encode(_bytes);
}
