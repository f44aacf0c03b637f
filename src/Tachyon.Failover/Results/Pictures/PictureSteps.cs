using System.Globalization;

namespace Tachyon.Failover;

/// <summary>The lower half of a picture: a bar for each step.</summary>
internal sealed class PictureSteps
{
    private const int MostRows = 26;
    private const double Row = 23;
    private const double Heading = 26;

    private readonly PictureFacts _facts;
    private readonly PictureScale _scale;
    private readonly double _margin;
    private readonly List<StepReport> _drawn;
    private readonly int _left;

    public PictureSteps(PictureFacts facts, PictureScale scale, double margin)
    {
        _facts = facts;
        _scale = scale;
        _margin = margin;
        var drawn = facts.Drawn.ToList();
        _drawn = [.. drawn.Take(MostRows)];
        _left = drawn.Count - _drawn.Count;
        Height = Heading + (Row * (_drawn.Count + (_left > 0 ? 1 : 0))) + 14;
    }

    public double Height { get; }

    public void Draw(SvgPaper paper, double top)
    {
        paper.Text(_margin, top + 14, "steps", 13, PictureColor.Ink, bold: true);
        var y = top + Heading;
        foreach (var step in _drawn)
        {
            DrawStep(paper, step, y);
            y += Row;
        }

        if (_left > 0)
        {
            paper.Text(_scale.Left, y + 14, $"and {_left} more", 12, PictureColor.Grey);
        }
    }

    private void DrawStep(SvgPaper paper, StepReport step, double y)
    {
        var begun = step.EndedAt - step.Elapsed;
        var (sent, left, right) = (_scale.X(step.SentAt), _scale.X(begun), _scale.X(step.EndedAt));
        var color = _facts.SideOf(step) is { } side ? PictureColor.Of(side) : PictureColor.Step;
        paper.Text(_margin, y + 14, string.Create(CultureInfo.InvariantCulture, $"{(int)step.StepCode}  {step.Step}"), 12, PictureColor.Ink);
        if (left - sent > 1)
        {
            paper.Line(sent, y + 9, left, y + 9, color, dash: "2 3");
        }

        var isDone = step.Result.IsDone;
        paper.Rectangle(left, y + 3, Math.Max(right - left, 2), 13, isDone ? color : SvgPaper.Hatched, isDone ? null : PictureColor.Of(step.Result.Outcome), radius: 2, tip: step.ToString());
        var words = isDone ? ReportText.Duration(step.Elapsed) : $"{(step.Result.Outcome == CallOutcome.Unknown ? "unknown" : "not done")} ({step.Result.Failure}), {ReportText.Duration(step.Elapsed)}";
        var ink = isDone ? PictureColor.Grey : PictureColor.Of(step.Result.Outcome);
        var width = words.Length * 6.2;
        if (right + 8 + width < _scale.Right)
        {
            paper.Text(right + 6, y + 14, words, 11.5, ink);
        }
        else if (left - 8 - width > _scale.Left)
        {
            paper.Text(left - 6, y + 14, words, 11.5, ink, "end");
        }
        else
        {
            paper.Text(left + 6, y + 14, words, 11.5, isDone ? PictureColor.Paper : ink, halo: !isDone);
        }
    }
}
