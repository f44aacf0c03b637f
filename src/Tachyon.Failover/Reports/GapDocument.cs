namespace Tachyon.Failover.Reports;

/// <summary>The JSON form of a gap.</summary>
internal sealed record GapDocument(
    ulong SourceLastVote, ulong TargetFirstVote, int Slots, int MissedSlots, IReadOnlyList<ulong>? MissedBlocks, double? DurationMilliseconds, double? OwnWorkMilliseconds, int? RefusedVotes)
{
    public static GapDocument Of(GapReport gap) => new(
        gap.SourceLastVote,
        gap.TargetFirstVote,
        gap.Slots,
        gap.MissedSlots,
        gap.MissedBlocks,
        ReportJson.Milliseconds(gap.Duration),
        ReportJson.Milliseconds(gap.CoordinatorTime),
        gap.RefusedVotes);
}
