using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text.Json.Serialization;
using SimpleBase;

namespace Tachyon.Failover;

/// <summary>The public half of a keypair: 32 bytes, written in base58.</summary>
/// <remarks>Immutable.</remarks>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class Pubkey : IEquatable<Pubkey>, IEqualityOperators<Pubkey, Pubkey, bool>, ISpanParsable<Pubkey>
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
    public static bool TryParse([NotNullWhen(true)] string? base58, [NotNullWhen(true)] out Pubkey? pubkey) => TryDecode(base58, out pubkey);

    /// <summary>Whether both are the same key.</summary>
    public static bool operator ==(Pubkey? left, Pubkey? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they are different keys.</summary>
    public static bool operator !=(Pubkey? left, Pubkey? right) => !(left == right);

    static Pubkey ISpanParsable<Pubkey>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static Pubkey IParsable<Pubkey>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool ISpanParsable<Pubkey>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, [MaybeNullWhen(false)] out Pubkey result) => TryDecode(s, out result);

    static bool IParsable<Pubkey>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Pubkey result) => TryParse(s, out result);

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] Pubkey? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as Pubkey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bytes, 0);

    /// <summary>The key in base58.</summary>
    public override string ToString() => Base58.Bitcoin.Encode(_bytes);

    private static bool TryDecode(ReadOnlySpan<char> base58, [NotNullWhen(true)] out Pubkey? pubkey)
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
}
