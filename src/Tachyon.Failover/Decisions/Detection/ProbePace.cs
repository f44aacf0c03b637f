namespace Tachyon.Failover.Decisions;

/// <summary>How fast a probe counts slots. It never counts faster than a real cluster, so that a validator has its usual time. A shorter slot in the settings only speeds up the rest.</summary>
internal static class ProbePace
{
    /// <summary>The length of a slot of a real cluster.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(400);

    /// <summary>The pause between two reads of a probe.</summary>
    public static TimeSpan Of(TimeSpan slot) => TimeSpan.FromTicks(Math.Max(slot.Ticks, Least.Ticks));
}
