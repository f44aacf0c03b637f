namespace Tachyon.Failover.Reports;

/// <summary>What a switchover saw of both nodes besides its steps, for a picture and for a trace. Immutable.</summary>
public sealed record RunTimeline
{
    /// <summary>The slot length that the run went by.</summary>
    public required TimeSpan Slot { get; init; }

    /// <summary>How long it takes to the source, one way: half of the round trip that the preflight measured. Null if it could not.</summary>
    public TimeSpan? SourceTrip { get; init; }

    /// <summary>The same to the target.</summary>
    public TimeSpan? TargetTrip { get; init; }

    /// <summary>
    /// When the source's votes were seen no longer, because the connection was lost, counted from the start of the run; it may have voted since. Null if they were seen
    /// to the end, or never.
    /// </summary>
    public TimeSpan? SourceWatchedUntil { get; init; }

    /// <summary>The same of the target.</summary>
    public TimeSpan? TargetWatchedUntil { get; init; }

    /// <summary>
    /// The votes of both nodes around the gap, as they arrived: 128 at most. The feeds begin when everything is armed, so a switchover that was refused before has none.
    /// </summary>
    public required IReadOnlyList<TimelineVote> Votes { get; init; }

    internal TimeSpan TripTo(NodeSide side) => (side == NodeSide.Source ? SourceTrip : TargetTrip) ?? TimeSpan.Zero;
}
