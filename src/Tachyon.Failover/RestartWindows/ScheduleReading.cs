namespace Tachyon.Failover.RestartWindows;

/// <summary>A leader schedule, and when its epoch information was read.</summary>
/// <param name="Known">The schedule.</param>
/// <param name="At">A timestamp of the reader's <see cref="TimeProvider"/>, after the answer: a slot time that is measured from it is a lower bound.</param>
internal sealed record ScheduleReading(KnownSchedule Known, long At);
