namespace Tachyon.Failover.Runtime;

/// <summary>A moment by both clocks of this machine. Timestamps stop while the machine sleeps, and the wall clock may be set back: the longer of the two times counts.</summary>
internal readonly record struct Moment(long Timestamp, DateTimeOffset WallClock)
{
    public static Moment Now(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());

    /// <summary>The time since this moment.</summary>
    public TimeSpan Age(TimeProvider time)
    {
        var (counted, shown) = (time.GetElapsedTime(Timestamp), time.GetUtcNow() - WallClock);
        return shown > counted ? shown : counted;
    }
}
