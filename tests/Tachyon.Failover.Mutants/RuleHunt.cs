namespace Tachyon.Failover.Mutants;

/// <summary>Breaks one rule of the library after the other, and shows whether the judge of the soak sees it.</summary>
internal static class RuleHunt
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <summary>Plays them; the names of the rules whose loss nobody saw.</summary>
    /// <param name="library">The library with all its code.</param>
    /// <param name="source">The library's folder.</param>
    /// <param name="soakFolder">The folder of the built soak.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="told">Called with a line for each.</param>
    public static async Task<IReadOnlyList<string>> RunAsync(Library library, string source, string soakFolder, IReadOnlyList<BrokenRule> rules, Action<string> told)
    {
        var missed = new List<string>();
        foreach (var rule in rules)
        {
            using var soak = new ProgramCopy(soakFolder, "Tachyon.Failover.Soak.dll");
            await soak.ExchangeAsync(library.With(source, rule)).ConfigureAwait(false);
            var run = await soak.RunAsync(rule.Soak, Limit, static _ => false).ConfigureAwait(false);
            if (run is not { Code: 1 })
            {
                missed.Add(rule.Name);
            }

            told($"{(run is { Code: 1 } ? "SEEN" : "NOT SEEN")} {rule.Name}: {run?.Line ?? "the soak did not end in time"}");
        }

        return missed;
    }
}
