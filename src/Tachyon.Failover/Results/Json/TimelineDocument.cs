namespace Tachyon.Failover;

/// <summary>The JSON form of a run's timeline.</summary>
internal sealed record TimelineDocument(double SlotMilliseconds, double? SourceTripMilliseconds, double? TargetTripMilliseconds, double? SourceWatchedUntilMilliseconds, double? TargetWatchedUntilMilliseconds, IReadOnlyList<TimelineDocument.Vote> Votes)
{
    public static TimelineDocument Of(RunTimeline timeline) => new(
        IJsonReport.Milliseconds(timeline.Slot),
        IJsonReport.Milliseconds(timeline.SourceTrip),
        IJsonReport.Milliseconds(timeline.TargetTrip),
        IJsonReport.Milliseconds(timeline.SourceWatchedUntil),
        IJsonReport.Milliseconds(timeline.TargetWatchedUntil),
        [.. timeline.Votes.Select(vote => new Vote(IJsonReport.Word(vote.Node), vote.Slot, IJsonReport.Milliseconds(vote.At)))]);

    internal sealed record Vote(string Node, ulong Slot, double AtMilliseconds);
}
