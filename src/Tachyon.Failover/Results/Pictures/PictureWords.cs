using System.Globalization;

namespace Tachyon.Failover;

/// <summary>The text above and below a picture.</summary>
internal sealed class PictureWords
{
    private const double Line = 18;
    private const int Letters = 172;
    private const int MostFollowUps = 8;

    private readonly PictureFacts _facts;
    private readonly double _left;
    private readonly double _right;
    private readonly List<(string Text, string Color)> _lines;

    public PictureWords(PictureFacts facts, double left, double right)
    {
        _facts = facts;
        _left = left;
        _right = right;
        _lines = Lines(facts);
    }

    /// <summary>The height of the text below the picture.</summary>
    public double Height => 52 + (Line * _lines.Count);

    public static string Short(string name, int most) => name.Length <= most ? name : string.Concat(name.AsSpan(0, most - 1), "…");

    public static string Signed(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:+0;-0;0} ms");

    public void DrawHead(SvgPaper paper)
    {
        var result = _facts.Result;
        paper.Text(_left, 44, $"{Short(result.Source, 32)} → {Short(result.Target, 32)}", 25, PictureColor.Ink, bold: true);
        paper.Text(_left, 68, $"Switchover of {result.StakedIdentity}, began {ReportText.Moment(result.StartedAt)}, took {ReportText.Duration(result.Elapsed)}", 13, PictureColor.Grey);
        var outcome = result.Outcome.ToString();
        var width = (outcome.Length * 9.4) + 28;
        paper.Rectangle(_right - width, 22, width, 30, PictureColor.Of(result.Outcome), radius: 15);
        paper.Text(_right - (width / 2), 42, outcome, 15, PictureColor.Paper, "middle", bold: true);
        paper.Text(_right, 68, result.RunId.ToString(), 11, PictureColor.Grey, "end");
        var figures = Figures(result).ToList();
        var step = (_right - _left) / figures.Count;
        for (var i = 0; i < figures.Count; i++)
        {
            var x = _left + (i * step);
            paper.Rectangle(x, 84, step - (i == figures.Count - 1 ? 0 : 12), 58, PictureColor.Panel, radius: 6);
            paper.Text(x + 14, 111, figures[i].Value, 21, figures[i].Color, bold: true);
            paper.Text(x + 14, 131, figures[i].Label, 12, PictureColor.Grey);
        }
    }

    public void DrawFoot(SvgPaper paper, double top)
    {
        var x = _left;
        foreach (var (draw, label) in Legend())
        {
            draw(x, top + 8);
            paper.Text(x + 20, top + 12, label, 11.5, PictureColor.Grey);
            x += 20 + (label.Length * 6.1) + 26;
        }

        var y = top + 40;
        foreach (var (text, color) in _lines)
        {
            paper.Text(_left, y, text, 12, color);
            y += Line;
        }

        IEnumerable<(Action<double, double> Draw, string Label)> Legend()
        {
            yield return ((x, y) => paper.Dot(x + 7, y, 6, PictureColor.Source), "vote of the source");
            yield return ((x, y) => paper.Dot(x + 7, y, 6, PictureColor.Target), "vote of the target");
            yield return ((x, y) => paper.Rectangle(x, y - 6, 14, 12, SvgPaper.Hatched, radius: 2), _facts.Result.Gap is null ? "no node was seen to vote" : "missed slot");
            yield return ((x, y) => paper.Rectangle(x, y - 6, 14, 12, PictureColor.Panel, PictureColor.Rule, radius: 2), "slot without a block");
            yield return ((x, y) => paper.Arrow(x, y + 5, x + 14, y - 5, PictureColor.Source), "sent");
            yield return ((x, y) => paper.Arrow(x, y + 5, x + 14, y - 5, PictureColor.Grey), "answered");
            yield return ((x, y) => paper.Rectangle(x, y - 3, 14, 7, PictureColor.Source, radius: 1), "the call on the node");
        }
    }

    private IEnumerable<(string Value, string Label, string Color)> Figures(FailoverResult result)
    {
        if (result.Gap is { } gap)
        {
            yield return ($"{gap.MissedSlots}", gap.MissedSlots == 1 ? "missed slot" : "missed slots", gap.MissedSlots > 2 ? PictureColor.Missed : PictureColor.Ink);
            yield return (gap.Duration is { } silence ? ReportText.Duration(silence) : "not known", "from the last vote to the first", PictureColor.Ink);
            yield return (gap.RefusedVotes?.ToString(CultureInfo.InvariantCulture) ?? "not known", "refused votes", gap.RefusedVotes > 0 ? PictureColor.Missed : PictureColor.Ink);
            if (gap.CoordinatorTime is { } work)
            {
                yield return (ReportText.Duration(work), "of it coordinator time", PictureColor.Ink);
            }

            yield break;
        }

        var place = result.IdentityAt switch
        {
            IdentityLocation.Source => Short(result.Source, 18),
            IdentityLocation.Target => Short(result.Target, 18),
            IdentityLocation.Neither => "nobody",
            _ => "not known",
        };
        yield return (place, "has the staked identity", result.IdentityAt is IdentityLocation.Source or IdentityLocation.Target ? PictureColor.Ink : PictureColor.Missed);
        yield return (_facts.Silence is { } none ? $"{ReportText.Duration(none)}{(_facts.NextVote is null ? " or more" : "")}" : _facts is { Votes.Count: > 0, WatchedUntil: null } ? "none" : "not known", "without a vote", PictureColor.Ink);
        yield return ($"{result.OperatorActions.Count}", "left for an operator", result.OperatorActions.Count > 0 ? PictureColor.Missed : PictureColor.Ink);
    }

    private static List<(string Text, string Color)> Lines(PictureFacts facts)
    {
        var result = facts.Result;
        var lines = new List<(string Text, string Color)>();
        if (result.Reason is not null)
        {
            lines.AddRange(Wrap($"Reason: {result.Reason}").Select(line => (line, PictureColor.Missed)));
        }

        foreach (var todo in result.OperatorActions.Take(MostFollowUps))
        {
            lines.AddRange(Wrap($"To do {todo}").Select(line => (line, PictureColor.Ink)));
        }

        if (result.OperatorActions.Count > MostFollowUps)
        {
            lines.Add(($"and {result.OperatorActions.Count - MostFollowUps} more", PictureColor.Ink));
        }

        var drawn = facts.Drawn.ToHashSet();
        lines.AddRange(Named("Before", result.Steps.Where(step => !drawn.Contains(step) && step.EndedAt < facts.From)));
        lines.AddRange(Named("After", result.Steps.Where(step => !drawn.Contains(step) && step.EndedAt >= facts.From)));
        lines.Add((Trips(result.Timeline), PictureColor.Grey));
        return lines;
    }

    private static IEnumerable<(string Text, string Color)> Named(string when, IEnumerable<StepReport> steps)
    {
        var named = steps.Select(step => $"{step.Step} {ReportText.Duration(step.Elapsed)}{(step.Result.IsDone ? "" : step.Result.Outcome == CallOutcome.Unknown ? " (unknown)" : " (not done)")}").ToList();
        return named.Count == 0 ? [] : Wrap($"{when}: {string.Join(", ", named)}").Select(line => (line, PictureColor.Grey));
    }

    private static string Trips(RunTimeline timeline) =>
        timeline is { SourceTrip: { } source, TargetTrip: { } target }
            ? $"Times are the coordinator's. Trips are taken to last half of the round trip that the preflight measured: {ReportText.Duration(source)} to the source, {ReportText.Duration(target)} to the target."
            : "Times are the coordinator's; the length of the trips is unknown.";

    /// <summary>Text in at most three lines.</summary>
    private static IEnumerable<string> Wrap(string text)
    {
        const int most = 3;
        var rest = ReportText.OnOneLine(text);
        for (var i = 1; rest.Length > 0; i++)
        {
            if (rest.Length <= Letters)
            {
                yield return rest;
                yield break;
            }

            if (i == most)
            {
                yield return Short(rest, Letters);
                yield break;
            }

            var space = rest.LastIndexOf(' ', Letters - 1);
            var end = space > Letters / 2 ? space : Letters;
            yield return rest[..end];
            rest = rest[end..].TrimStart();
        }
    }
}
