using System.Text;

namespace Tachyon.Failover.Cluster;

/// <summary>
/// An endpoint's name in messages: only scheme, host and port, because the path or the query of a hosted RPC is often the
/// API key. A server may quote the address, so the rest of it is removed from the server's text as well.
/// </summary>
internal sealed class EndpointName
{
    private const int LongestQuote = 200;
    private const int LongestRead = 64 * 1024;
    private const int ShortestSecret = 6;

    private readonly string[] _secrets;

    public EndpointName(Uri endpoint, string? shellName = null)
    {
        var server = endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        Text = shellName is null ? server : $"{server} on {shellName}";
        _secrets = [.. SecretsOf(endpoint.PathAndQuery).Concat(SecretsOf(Uri.UnescapeDataString(endpoint.PathAndQuery))).Distinct(StringComparer.Ordinal)];
    }

    public string Text { get; }

    public override string ToString() => Text;

    /// <summary>Makes a server's text fit for a message: without the endpoint's path and query, on one line, shortened.</summary>
    public string Quote(string words)
    {
        // The secrets are removed before the text is shortened, so that no part of one stays; hence the margin.
        words = words[..Math.Min(words.Length, LongestRead)];
        foreach (var secret in _secrets)
        {
            words = words.Replace(secret, "…", StringComparison.OrdinalIgnoreCase);
        }

        return ForeignText.Clean(words, LongestQuote);
    }

    public string Quote(ReadOnlySpan<byte> utf8) => Quote(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, LongestRead)]));

    private static IEnumerable<string> SecretsOf(string pathAndQuery) =>
        pathAndQuery.Split(['/', '?', '&', '='], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(part => part.Length >= ShortestSecret)
            .OrderByDescending(part => part.Length);
}
