using System.Globalization;
using Tachyon.Failover.Decisions;

namespace Tachyon.Failover;

/// <summary>The upper half of a picture: slots, source, coordinator and target, one below the other on one time axis.</summary>
internal sealed class PictureLanes(PictureFacts facts, PictureScale scale, double margin)
{
    public const double Top = 176;
    public const double Height = 326;

    private const double SlotsTop = Top + 24;
    private const double SlotsHeight = 24;
    private const double SourceTop = SlotsTop + SlotsHeight + 18;
    private const double LaneHeight = 46;
    private const double CoordinatorY = SourceTop + LaneHeight + 50;
    private const double TargetTop = CoordinatorY + 50;
    private const double AxisY = TargetTop + LaneHeight + 22;

    private readonly FailoverResult _result = facts.Result;

    public void Draw(SvgPaper paper, double bottom)
    {
        DrawAxis(paper, bottom);
        DrawSilence(paper);
        DrawSlots(paper);
        DrawLane(paper, NodeSide.Source, _result.Source, SourceTop);
        DrawLane(paper, NodeSide.Target, _result.Target, TargetTop);
        DrawCoordinator(paper);
        DrawVotes(paper);
    }

    private static double TopOf(NodeSide side) => side == NodeSide.Source ? SourceTop : TargetTop;

    /// <summary>The edge of a lane on the coordinator's side.</summary>
    private static double EdgeOf(NodeSide side) => side == NodeSide.Source ? SourceTop + LaneHeight : TargetTop;

    private void DrawAxis(SvgPaper paper, double bottom)
    {
        var inSeconds = facts.To - facts.From > TimeSpan.FromSeconds(10);
        foreach (var tick in scale.TicksFrom(facts.Origin))
        {
            var x = scale.X(facts.Origin + tick);
            paper.Line(x, SlotsTop, x, bottom - 8, PictureColor.Rule);
            var label = tick == TimeSpan.Zero ? "0"
                : inSeconds ? string.Create(CultureInfo.InvariantCulture, $"{tick.TotalSeconds:+0.#;-0.#} s")
                : string.Create(CultureInfo.InvariantCulture, $"{tick.TotalMilliseconds:+0;-0} ms");
            paper.Text(x, AxisY, label, 11, PictureColor.Grey, "middle");
        }

        paper.Text(margin, AxisY, facts.LastVote is null ? "from the start" : "from the last vote", 11, PictureColor.Grey);
    }

    private void DrawSilence(SvgPaper paper)
    {
        if (facts.LastVote is not { } last)
        {
            return;
        }

        var (left, right) = (scale.X(last.At), scale.X(facts.SilentUntil));
        paper.Rectangle(left, SlotsTop + SlotsHeight, right - left, TargetTop + LaneHeight - SlotsTop - SlotsHeight, "#fff5f5");
        Edge(left, last.Node, $"last vote: {last.Slot}", "end");
        if (facts.NextVote is { } next)
        {
            Edge(right, next.Node, $"first vote: {next.Slot}", "start");
        }

        if (facts.Silence is { } silence && right - left > 60)
        {
            paper.Text((left + right) / 2, SlotsTop - 8, ReportText.Duration(silence), 13, PictureColor.Missed, "middle", bold: true);
        }

        void Edge(double x, NodeSide side, string label, string anchor)
        {
            const double letter = 6.4;
            var fits = anchor == "end" ? x - (letter * label.Length) > scale.Left : x + (letter * label.Length) < scale.Right;
            var toward = fits ? anchor : anchor == "end" ? "start" : "end";
            var at = x + (toward == "end" ? -5 : 5);
            paper.Line(x, SlotsTop - 20, x, TargetTop + LaneHeight, PictureColor.Of(side), 1.2, "4 3");
            paper.Text(at, SlotsTop - 8, label, 12, PictureColor.Of(side), toward, bold: true);
        }
    }

    private void DrawSlots(SvgPaper paper)
    {
        paper.Text(margin, SlotsTop + 16, "slots", 13, PictureColor.Ink, bold: true);
        if (facts.Grid is not { } grid)
        {
            paper.Text(scale.Left, SlotsTop + 16, "no vote was seen, so the slots are unknown", 12, PictureColor.Grey);
            return;
        }

        var voted = facts.Votes.GroupBy(vote => vote.Slot).ToDictionary(votes => votes.Key, votes => votes.First().Node);
        var every = (ulong)Math.Max(1, Math.Ceiling(30 / Math.Max(scale.X(facts.From + facts.Slot) - scale.X(facts.From), 0.1)));
        foreach (var slot in grid.Within(facts.From, facts.To))
        {
            var (left, right) = (scale.X(grid.BeginOf(slot)), scale.X(grid.EndOf(slot)));
            var (fill, ink, words) = Cell(slot, voted);
            paper.Rectangle(left + 0.5, SlotsTop, right - left - 1, SlotsHeight, fill, fill == PictureColor.Paper ? PictureColor.Rule : null, radius: 2, tip: $"slot {slot}: {words}");
            if (slot % every == 0 && right - left > 22)
            {
                paper.Text((left + right) / 2, SlotsTop + 16, string.Create(CultureInfo.InvariantCulture, $"{slot % 1000:000}"), 11, ink, "middle");
            }
        }
    }

    private (string Fill, string Ink, string Words) Cell(ulong slot, Dictionary<ulong, NodeSide> voted)
    {
        if (voted.TryGetValue(slot, out var side))
        {
            return (PictureColor.Of(side), PictureColor.Paper, $"{(side == NodeSide.Source ? _result.Source : _result.Target)} voted");
        }

        var isInSilence = facts.LastVote is { } last && slot > last.Slot && (facts.NextVote is { } next ? slot < next.Slot : facts.Grid!.EndOf(slot) <= facts.SilentUntil);
        return !isInSilence ? (PictureColor.Paper, PictureColor.Grey, "no vote was seen")
            : _result.Gap is { MissedBlocks: { } missed } && !missed.Contains(slot) ? (PictureColor.Panel, PictureColor.Grey, "has no block")
            : (SvgPaper.Hatched, PictureColor.Ink, _result.Gap is null ? "no node was seen to vote" : "missed");
    }

    private void DrawLane(SvgPaper paper, NodeSide side, string name, double top)
    {
        paper.Text(margin, top + 20, PictureWords.Short(name, 18), 14, PictureColor.Of(side), bold: true);
        paper.Text(margin, top + 37, side == NodeSide.Source ? "source" : "target", 12, PictureColor.Grey);
        foreach (var (from, to, fill, words) in PictureBands.Of(facts, side))
        {
            var (left, right) = (scale.X(from), scale.X(to));
            paper.Rectangle(left, top, right - left, LaneHeight, fill);
            if (right - left > 6.2 * words.Length)
            {
                paper.Text(left + 6, top + 12, words, 10.5, PictureColor.Grey);
            }
        }

        if (side == NodeSide.Source && facts.WatchedUntil is { } until && scale.Holds(until))
        {
            var x = scale.X(until);
            paper.Line(x, top, x, top + LaneHeight, PictureColor.Doubt, 1.2, "2 3");
            paper.Text(x + 6, top + 28, "votes not seen from here on", 11, PictureColor.Doubt);
        }

        foreach (var (step, from, to) in PictureBands.Calls(facts, side))
        {
            var (left, right) = (scale.X(from), scale.X(to));
            paper.Rectangle(left, top + LaneHeight - 7, Math.Max(right - left, 1.5), 7, PictureColor.Of(side), radius: 1, tip: $"{step.Step}: {ReportText.OnOneLine(step.Result.ToString())}");
        }
    }

    private void DrawCoordinator(SvgPaper paper)
    {
        paper.Text(margin, CoordinatorY - 2, "coordinator", 14, PictureColor.Ink, bold: true);
        paper.Line(scale.Left, CoordinatorY, scale.Right, CoordinatorY, PictureColor.Grey, 1.2);
        foreach (var leg in facts.Drawn.Where(step => facts.SideOf(step) is not null).GroupBy(step => (step.SentAt, facts.SideOf(step))).Take(40))
        {
            var side = leg.Key.Item2!.Value;
            var trip = _result.Timeline.TripTo(side);
            if (scale.Holds(leg.Key.SentAt))
            {
                paper.Arrow(scale.X(leg.Key.SentAt), CoordinatorY, scale.X(leg.Key.SentAt + trip), EdgeOf(side), PictureColor.Of(side));
            }

            foreach (var step in leg.Where(step => scale.Holds(step.EndedAt) && step.Result.Outcome != CallOutcome.Unknown))
            {
                paper.Arrow(scale.X(step.EndedAt - trip), EdgeOf(side), scale.X(step.EndedAt), CoordinatorY, PictureColor.Grey);
            }
        }

        // A takeover assesses, and finds a tower, between the two: that is no work in a gap.
        if (facts.Result.Evidence is null && facts.Find(StepPicture.SealsSource) is { Result.IsDone: true } seal && facts.Find(StepPicture.DeliversTower) is { } deliver && scale.Holds(deliver.SentAt))
        {
            var (left, right) = (scale.X(seal.EndedAt), scale.X(deliver.SentAt));
            paper.Rectangle(left - 1, CoordinatorY - 5, Math.Max(right - left, 1) + 2, 10, PictureColor.Ink, radius: 1, tip: "coordinator time");
            if (left - 80 > scale.Left)
            {
                paper.Text(left - 10, CoordinatorY - 9, "final tower", 11, PictureColor.Ink, "end", halo: true);
            }

            if (right + 130 < scale.Right)
            {
                paper.Text(right + 10, CoordinatorY + 17, "tower and promotion", 11, PictureColor.Ink, halo: true);
            }
        }
    }

    private void DrawVotes(SvgPaper paper)
    {
        foreach (var (node, slot, at) in facts.Votes.Where(vote => scale.Holds(vote.At)))
        {
            paper.Dot(scale.X(at), TopOf(node) + (LaneHeight / 2) + 2, 6, PictureColor.Of(node), $"vote for slot {slot}, {PictureWords.Signed(at - facts.Origin)}");
        }
    }
}
