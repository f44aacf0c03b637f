using Tachyon.Failover.Decisions;

namespace Tachyon.Failover;

/// <summary>What a picture shows of a result: its time span, and the silence in it.</summary>
internal sealed class PictureFacts
{
    private const int MostSlots = 300;

    public PictureFacts(FailoverResult result)
    {
        Result = result;
        Slot = result.Timeline.Slot;
        Votes = [.. result.Timeline.Votes.Select(vote => (vote.Node, vote.Slot, At: AtNode(vote.Node, vote.At)))];
        Grid = SlotGrid.Of([.. Votes.Select(vote => (vote.Slot, vote.At))], Slot);
        WatchedUntil = result.Timeline.SourceWatchedUntil is { } ended ? AtNode(NodeSide.Source, ended) : null;
        Fence = result.Steps.FirstOrDefault(step => StepTable.Of(step.StepCode).Picture == StepPicture.DemotesSource);
        (LastVote, NextVote) = result.Gap is { } gap ? Ends(gap)
            : Fence is null || result.Outcome == FailoverOutcome.Completed ? (null, null)
            : LongestSilence(Fence.SentAt);
        Origin = LastVote?.At ?? Fence?.SentAt ?? (result.Steps.Count > 0 ? result.Steps[0].SentAt : TimeSpan.Zero);
        (From, To) = Window();
    }

    public FailoverResult Result { get; }

    public TimeSpan Slot { get; }

    /// <summary>The votes, at the times when the nodes saved them, as far as the trips are known.</summary>
    public IReadOnlyList<(NodeSide Node, ulong Slot, TimeSpan At)> Votes { get; }

    public SlotGrid? Grid { get; }

    /// <summary>When the source's tower stream ended; null if it ran to the end.</summary>
    public TimeSpan? WatchedUntil { get; }

    public StepReport? Fence { get; }

    /// <summary>
    /// The last vote before the silence; null if there was none, or if it is unknown because votes of the target land and its stream did not show them.
    /// </summary>
    public (NodeSide Node, ulong Slot, TimeSpan At)? LastVote { get; }

    /// <summary>The first vote after it; null if none was seen.</summary>
    public (NodeSide Node, ulong Slot, TimeSpan At)? NextVote { get; }

    /// <summary>The time from which the others are counted: the last vote.</summary>
    public TimeSpan Origin { get; }

    public TimeSpan From { get; }

    public TimeSpan To { get; }

    /// <summary>How long no vote was seen; null if there was no such time.</summary>
    public TimeSpan? Silence => Result.Gap is { } gap ? gap.Duration : LastVote is { } last ? SilentUntil - last.At : null;

    /// <summary>Where the silence ends in the picture.</summary>
    public TimeSpan SilentUntil => NextVote?.At ?? WatchedUntil ?? To;

    /// <summary>The steps that are drawn; earlier and later ones are only named.</summary>
    public IEnumerable<StepReport> Drawn => Result.Steps.Where(step => step.EndedAt >= From && step.EndedAt - step.Elapsed <= To);

    /// <summary>Converts an arrival at the coordinator to the time at the node.</summary>
    public TimeSpan AtNode(NodeSide side, TimeSpan arrived) => arrived - Result.Timeline.TripTo(side);

    /// <summary>The node of a step; null if it concerns both.</summary>
    public NodeSide? SideOf(StepReport step) => step.Node == Result.Source ? NodeSide.Source : step.Node == Result.Target ? NodeSide.Target : null;

    public StepReport? Find(StepPicture picture) => Result.Steps.LastOrDefault(report => StepTable.Of(report.StepCode).Picture == picture);

    private ((NodeSide Node, ulong Slot, TimeSpan At)?, (NodeSide Node, ulong Slot, TimeSpan At)?) Ends(GapReport gap) => (
        Votes.Where(vote => vote.Node == NodeSide.Source && vote.Slot == gap.SourceLastVote).Cast<(NodeSide, ulong, TimeSpan)?>().FirstOrDefault(),
        Votes.Where(vote => vote.Node == NodeSide.Target && vote.Slot == gap.TargetFirstVote).Cast<(NodeSide, ulong, TimeSpan)?>().FirstOrDefault());

    private ((NodeSide Node, ulong Slot, TimeSpan At)?, (NodeSide Node, ulong Slot, TimeSpan At)?) LongestSilence(TimeSpan since)
    {
        ((NodeSide, ulong, TimeSpan At)? Last, (NodeSide, ulong, TimeSpan At)? Next) longest = (null, null);
        var most = Slot * 1.9;
        for (var i = 0; i < Votes.Count; i++)
        {
            var next = i + 1 < Votes.Count ? Votes[i + 1] : ((NodeSide, ulong, TimeSpan At)?)null;
            var ends = next?.At ?? WatchedUntil ?? Result.Elapsed;
            if (ends > since && ends - Votes[i].At > most)
            {
                (longest, most) = ((Votes[i], next), ends - Votes[i].At);
            }
        }

        return longest;
    }

    private (TimeSpan From, TimeSpan To) Window()
    {
        if (Fence is null)
        {
            var end = Result.Steps.Count == 0 ? Result.Elapsed : Result.Steps[^1].EndedAt;
            var from = Max(TimeSpan.Zero, end - (MostSlots * Slot));
            return (from, Max(end, from + Slot));
        }

        // Long steps after the gap are named and not drawn.
        var last = Result.Steps.Where(step => StepTable.Of(step.StepCode).Picture != StepPicture.Afterwards).Max(step => step.EndedAt);
        var begin = Min(Fence.SentAt, Origin - (2 * Slot)) - (Slot / 2);
        return (begin, Min(Max(last, NextVote?.At ?? TimeSpan.Zero) + (2.5 * Slot), begin + (MostSlots * Slot)));
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
