namespace Tachyon.Failover.Soak;

/// <summary>How many blocks between the last landed vote of the source and the first of the target the vote account never had a vote for.</summary>
internal sealed record MissedSlots(int Median, int P99, int Max, double Mean)
{
    public static MissedSlots? Of(IEnumerable<int?> missed)
    {
        var sorted = missed.OfType<int>().Order().ToList();
        return sorted.Count == 0 ? null : new MissedSlots(sorted[sorted.Count / 2], sorted[(int)(sorted.Count * 0.99)], sorted[^1], Math.Round(sorted.Average(), 2));
    }

    public override string ToString() => $"median {Median}, p99 {P99}, max {Max}, mean {Mean}";
}
