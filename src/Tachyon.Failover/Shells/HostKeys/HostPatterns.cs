namespace Tachyon.Failover.Shells.HostKeys;

/// <summary>The comma-separated patterns of OpenSSH: <c>*</c> and <c>?</c>, and <c>!</c> for names that must not match.</summary>
internal static class HostPatterns
{
    /// <summary>Whether a pattern matches and no negated one does.</summary>
    public static bool Match(string patterns, string name)
    {
        var matched = false;
        foreach (var pattern in patterns.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var negated = pattern[0] == '!';
            if (!MatchOne(pattern.AsSpan(negated ? 1 : 0), name))
            {
                continue;
            }

            if (negated)
            {
                return false;
            }

            matched = true;
        }

        return matched;
    }

    // Backtracks to the last star only, so that no pattern takes more time than the product of the two lengths.
    private static bool MatchOne(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var (p, n, star, resume) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = n;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || char.ToLowerInvariant(pattern[p]) == name[n]))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].Trim('*').IsEmpty;
    }
}
