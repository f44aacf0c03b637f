namespace Tachyon.Failover.Soak;

/// <summary>How often something was so, by its words, and a seed that shows it.</summary>
internal sealed record Tally(string What, int Times, ulong Seed)
{
    public static IReadOnlyList<Tally> Of(IEnumerable<(ulong Seed, string? What)> seen) =>
        [.. seen.Where(one => one.What is not null).GroupBy(one => one.What!, StringComparer.Ordinal)
            .Select(same => new Tally(same.Key, same.Count(), same.Min(one => one.Seed)))
            .OrderByDescending(tally => tally.Times).ThenBy(tally => tally.What, StringComparer.Ordinal)];

    public override string ToString() => $"{Times} times, first at seed {Seed}: {What}";
}
