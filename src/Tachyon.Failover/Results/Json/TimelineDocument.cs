namespace Tachyon.Failover;

/// <summary>The JSON form of a run's timeline.</summary>
internal sealed record TimelineDocument(double SlotMilliseconds, double? SourceTripMilliseconds, double? TargetTripMilliseconds, double? SourceWatchedUntilMilliseconds, double? TargetWatchedUntilMilliseconds, IReadOnlyList<TimelineDocument.Vote> Votes)
{
    public static TimelineDocument Of(RunTimeline timeline) => new(
        ReportJson.Milliseconds(timeline.Slot),
        ReportJson.Milliseconds(timeline.SourceTrip),
        ReportJson.Milliseconds(timeline.TargetTrip),
        ReportJson.Milliseconds(timeline.SourceWatchedUntil),
        ReportJson.Milliseconds(timeline.TargetWatchedUntil),
        [.. timeline.Votes.Select(vote => new Vote(ReportJson.Word(vote.Node), vote.Slot, ReportJson.Milliseconds(vote.At)))]);

    internal sealed record Vote(string Node, ulong Slot, double AtMilliseconds);
}
