namespace Tachyon.Failover.Pairs;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Spelling
{
    /// <summary>The nearest of the words; null if none is near.</summary>
    public static string? Nearest(string written, IEnumerable<string> words)
    {
        var nearest = words.MinBy(word => DistanceTo(word));
        return nearest is not null && DistanceTo(nearest) <= Math.Max(2, written.Length / 3) ? nearest : null;

        int DistanceTo(string word) => Distance(written.ToUpperInvariant(), word.ToUpperInvariant());
    }

    // The number of letters to insert, delete or replace.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
