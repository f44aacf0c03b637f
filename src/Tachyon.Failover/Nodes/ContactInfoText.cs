using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Nodes;

/// <summary>Reads what <c>contact-info</c> prints: a name, a colon and a value on each line.</summary>
internal static class ContactInfoText
{
    public static bool TryParse(string text, [NotNullWhen(true)] out ClusterNode? contactInfo)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            if (line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end)
            {
                values.TryAdd(line[..end], line[(end + 2)..].Trim());
            }
        }

        contactInfo = Pubkey.TryParse(values.GetValueOrDefault("Identity"), out var identity)
            ? new ClusterNode
            {
                Identity = identity,
                Gossip = EndPoint(values.GetValueOrDefault("Gossip")),
                Rpc = EndPoint(values.GetValueOrDefault("RPC")),
                ShredVersion = int.TryParse(values.GetValueOrDefault("Shred Version"), CultureInfo.InvariantCulture, out var version) ? version : null,
            }
            : null;
        return contactInfo is not null;
    }

    // A validator that serves no RPC prints "none" there.
    private static IPEndPoint? EndPoint(string? value) => IPEndPoint.TryParse(value ?? "", out var endPoint) ? endPoint : null;
}
