namespace Tachyon.Failover.Soak;

/// <summary>Seconds of many runs.</summary>
internal sealed record Spread(double Median, double P99, double Max)
{
    public static Spread? Of(IEnumerable<double?> seconds)
    {
        var sorted = seconds.OfType<double>().Order().ToList();
        return sorted.Count == 0 ? null : new Spread(sorted[sorted.Count / 2], sorted[(int)(sorted.Count * 0.99)], sorted[^1]);
    }

    public override string ToString() => FormattableString.Invariant($"median {Median} s, p99 {P99} s, max {Max} s");
}
