namespace Tachyon.Failover;

/// <summary>The picture of a switchover: the slots, the votes of both nodes, the trips between, the steps, and the time without votes.</summary>
internal static class GapPicture
{
    private const double Width = 1200;
    private const double Margin = 28;
    private const double PlotLeft = 172;

    public static string Of(FailoverResult result)
    {
        var facts = new PictureFacts(result);
        var scale = new PictureScale(facts.From, facts.To, PlotLeft, Width - Margin);
        var steps = new PictureSteps(facts, scale, Margin);
        var words = new PictureWords(facts, Margin, Width - Margin);
        var bottom = PictureLanes.Top + PictureLanes.Height + steps.Height;
        using var paper = new SvgPaper(Width, bottom + words.Height, $"{result.Kind} {result.RunId}: {result.Outcome}", result.ToString());
        words.DrawHead(paper);
        new PictureLanes(facts, scale, Margin).Draw(paper, bottom);
        steps.Draw(paper, PictureLanes.Top + PictureLanes.Height);
        words.DrawFoot(paper, bottom);
        return paper.Finish();
    }
}
