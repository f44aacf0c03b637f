using System.Security.Cryptography;
using System.Text;

namespace Tachyon.Failover.Shells.HostKeys;

/// <summary>A line of <c>known_hosts</c> that holds a key.</summary>
internal sealed class KnownHostsEntry
{
    private const string HashPrefix = "|1|";

    private readonly string _names;

    public KnownHostsEntry(int line, KnownHostsMarker marker, string names, HostKey key)
    {
        Line = line;
        Marker = marker;
        _names = names;
        Key = key;
    }

    public int Line { get; }

    public KnownHostsMarker Marker { get; }

    public HostKey Key { get; }

    /// <summary>Whether the line is for a name. The name is in lower case and has its port when that is not 22.</summary>
    public bool Matches(string name) =>
        _names.StartsWith(HashPrefix, StringComparison.Ordinal) ? MatchesHash(name) : HostPatterns.Match(_names, name);

    private bool MatchesHash(string name)
    {
        var parts = _names[HashPrefix.Length..].Split('|');
        if (parts.Length != 2)
        {
            return false;
        }

        var salt = new byte[64];
        var hash = new byte[64];
        return Convert.TryFromBase64String(parts[0], salt, out var saltLength)
            && Convert.TryFromBase64String(parts[1], hash, out var hashLength)
            && HashOf(name, salt.AsSpan(0, saltLength)).SequenceEqual(hash.AsSpan(0, hashLength));
    }

    // The file format requires SHA-1. It only hides names; trust depends on the full key in the same line.
#pragma warning disable CA5350
    private static ReadOnlySpan<byte> HashOf(string name, ReadOnlySpan<byte> salt) => HMACSHA1.HashData(salt, Encoding.UTF8.GetBytes(name));
#pragma warning restore CA5350
}
