namespace Tachyon.Failover;

/// <summary>Converts times since the start of a run to places on the paper.</summary>
internal sealed record PictureScale(TimeSpan From, TimeSpan To, double Left, double Right)
{
    private static readonly int[] Ticks = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000, 120_000, 300_000, 600_000];

    /// <summary>The place of a time; the nearest edge if it is outside.</summary>
    public double X(TimeSpan at) => Math.Clamp(Left + ((at - From) / (To - From) * (Right - Left)), Left, Right);

    public bool Holds(TimeSpan at) => at >= From && at <= To;

    /// <summary>The times to label, counted from another one: at most a dozen.</summary>
    public IEnumerable<TimeSpan> TicksFrom(TimeSpan origin)
    {
        var step = TimeSpan.FromMilliseconds(Ticks.FirstOrDefault(tick => (To - From).TotalMilliseconds / tick <= 12, Ticks[^1]));
        for (var tick = Math.Ceiling((From - origin) / step); origin + (tick * step) <= To; tick++)
        {
            yield return tick * step;
        }
    }
}
