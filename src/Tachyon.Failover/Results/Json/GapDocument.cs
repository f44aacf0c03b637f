namespace Tachyon.Failover;

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
        IJsonReport.Milliseconds(gap.Duration),
        IJsonReport.Milliseconds(gap.CoordinatorTime),
        gap.RefusedVotes);
}
