using F23.StringSimilarity;

namespace Tachyon.Failover.Pairs;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Spelling
{
    private static readonly Levenshtein Letters = new();

    /// <summary>The nearest of the words; null if none is near.</summary>
    public static string? Nearest(string written, IEnumerable<string> words)
    {
        var (word, distance) = words.Select(word => (word, Letters.Distance(written.ToUpperInvariant(), word.ToUpperInvariant()))).DefaultIfEmpty(("", double.MaxValue)).MinBy(near => near.Item2);
        return distance <= Math.Max(2, written.Length / 3) ? word : null;
    }
}
