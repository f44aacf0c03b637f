namespace Tachyon.Failover;

/// <summary>What a run saw of both nodes besides its steps, for a picture and for a trace. Immutable.</summary>
internal sealed record RunTimeline : IJsonReport
{
    /// <summary>The slot length that the run used.</summary>
    public required TimeSpan Slot { get; init; }

    /// <summary>The one-way trip to the source: half of the round trip that the preflight measured. Null if it could not.</summary>
    public TimeSpan? SourceTrip { get; init; }

    /// <summary>The one-way trip to the target.</summary>
    public TimeSpan? TargetTrip { get; init; }

    /// <summary>
    /// When the source's tower stream ended because the connection was lost, since the start of the run; it may have voted since. Null if the stream ran
    /// to the end, or never.
    /// </summary>
    public TimeSpan? SourceWatchedUntil { get; init; }

    /// <summary>The same for the target.</summary>
    public TimeSpan? TargetWatchedUntil { get; init; }

    /// <summary>
    /// The votes of both nodes around the gap, as they arrived: at most 128. The streams begin after prepare-target, so a switchover that was refused before has none.
    /// </summary>
    public required IReadOnlyList<TimelineVote> Votes { get; init; }

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("slotMilliseconds", Slot)
        .Add("sourceTripMilliseconds", SourceTrip)
        .Add("targetTripMilliseconds", TargetTrip)
        .Add("sourceWatchedUntilMilliseconds", SourceWatchedUntil)
        .Add("targetWatchedUntilMilliseconds", TargetWatchedUntil)
        .Add("votes", Votes);

    internal TimeSpan TripTo(NodeSide side) => (side == NodeSide.Source ? SourceTrip : TargetTrip) ?? TimeSpan.Zero;
}
