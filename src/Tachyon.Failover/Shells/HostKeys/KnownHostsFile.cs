namespace Tachyon.Failover.Shells.HostKeys;

/// <summary>The keys of a <c>known_hosts</c> file. Pure. A line with an error does not count, as with OpenSSH.</summary>
internal sealed class KnownHostsFile
{
    private const int DefaultPort = 22;
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly IReadOnlyList<KnownHostsEntry> _entries;

    private KnownHostsFile(IReadOnlyList<KnownHostsEntry> entries) => _entries = entries;

    public static KnownHostsFile Parse(string text)
    {
        var entries = new List<KnownHostsEntry>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (ParseLine(line.Trim(), number) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return new KnownHostsFile(entries);
    }

    /// <summary>The name of a host and port in the file.</summary>
    public static string NameOf(string host, int port) =>
        port == DefaultPort ? host.ToLowerInvariant() : $"[{host.ToLowerInvariant()}]:{port}";

    /// <summary>The types of the keys that are trusted for the host, in the order of the file.</summary>
    public IReadOnlyList<string> KeyTypes(string host, int port)
    {
        var types = TypesOf(NameOf(host, port));
        return types.Count > 0 || port == DefaultPort ? types : TypesOf(NameOf(host, DefaultPort));
    }

    /// <summary>Compares a key with the file's entries for the host.</summary>
    public KnownHostsFinding Find(string host, int port, HostKey key)
    {
        var finding = Find(NameOf(host, port), key);
        if (finding.Kind != KnownHostsFindingKind.Unknown || port == DefaultPort)
        {
            return finding;
        }

        // As in OpenSSH: an entry without a port counts for the port too, if the key is the same.
        var withoutPort = Find(NameOf(host, DefaultPort), key);
        return withoutPort.Kind == KnownHostsFindingKind.Changed ? finding : withoutPort;
    }

    private static KnownHostsEntry? ParseLine(string line, int number)
    {
        if (line.Length == 0 || line[0] == '#')
        {
            return null;
        }

        var words = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        var marker = KnownHostsMarker.None;
        if (words[0][0] == '@')
        {
            switch (words[0])
            {
                case "@revoked": marker = KnownHostsMarker.Revoked; break;
                case "@cert-authority": marker = KnownHostsMarker.CertAuthority; break;
                default: return null;
            }

            words = words[1..];
        }

        return words.Length < 3 || ParseKey(words[1], words[2]) is not { } key ? null : new KnownHostsEntry(number, marker, words[0], key);
    }

    private static HostKey? ParseKey(string type, string base64)
    {
        var blob = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, blob, out var length))
        {
            return null;
        }

        var key = new HostKey(blob[..length]);
        return key.Type == type ? key : null;
    }

    private List<string> TypesOf(string name) =>
    [
        .. _entries.Where(entry => entry.Marker == KnownHostsMarker.None && entry.Matches(name)).Select(entry => entry.Key.Type).Distinct(StringComparer.Ordinal),
    ];

    private KnownHostsFinding Find(string name, HostKey key)
    {
        KnownHostsEntry? trusted = null;
        KnownHostsEntry? other = null;
        foreach (var entry in _entries.Where(entry => entry.Matches(name)))
        {
            var isSame = entry.Key.IsSameAs(key);
            switch (entry.Marker)
            {
                // A revocation anywhere in the file outweighs a line that trusts the same key.
                case KnownHostsMarker.Revoked when isSame:
                    return new KnownHostsFinding(KnownHostsFindingKind.Revoked, entry);
                case KnownHostsMarker.None when isSame:
                    trusted ??= entry;
                    break;
                case KnownHostsMarker.None:
                    // Prefer a key of the same type for the message.
                    other = other is null || (other.Key.Type != key.Type && entry.Key.Type == key.Type) ? entry : other;
                    break;
            }
        }

        return trusted is not null ? new KnownHostsFinding(KnownHostsFindingKind.Trusted, trusted)
            : other is not null ? new KnownHostsFinding(KnownHostsFindingKind.Changed, other)
            : new KnownHostsFinding(KnownHostsFindingKind.Unknown, null);
    }
}
