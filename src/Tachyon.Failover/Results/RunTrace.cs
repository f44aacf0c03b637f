using System.Globalization;
using System.Text;

namespace Tachyon.Failover;

/// <summary>A run as lines of text in the order of time.</summary>
internal static class RunTrace
{
    public static string Of(FailoverResult result)
    {
        var width = Math.Max("coordinator".Length, Math.Max(result.Source.Length, result.Target.Length));
        var text = new StringBuilder($"{result.Source} to {result.Target}, {result.Outcome}; times since {ReportText.Moment(result.StartedAt)}, at the coordinator");
        foreach (var (at, where, what) in Lines(result).OrderBy(line => line.At))
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"{at.TotalSeconds,9:0.000} s  {where.PadRight(width)}  {what}");
        }

        return text.ToString();
    }

    private static IEnumerable<(TimeSpan At, string Where, string What)> Lines(FailoverResult result)
    {
        foreach (var leg in result.Steps.GroupBy(step => step.SentAt))
        {
            yield return (leg.Key, "coordinator", $"{string.Join(", ", leg.Select(step => step.Step))} begun");
        }

        foreach (var step in result.Steps)
        {
            yield return (step.EndedAt, step.Node ?? "coordinator", $"{step.Step}: {ReportText.OnOneLine(step.Result.ToString())}{Detail(step)} ({ReportText.Duration(step.Elapsed)})");
        }

        foreach (var (ended, node) in ((TimeSpan?, string)[])[(result.Timeline.SourceWatchedUntil, result.Source), (result.Timeline.TargetWatchedUntil, result.Target)])
        {
            if (ended is { } at)
            {
                yield return (at, node, "its votes are not seen from here on");
            }
        }

        foreach (var vote in result.Timeline.Votes)
        {
            yield return (vote.At, vote.Node == NodeSide.Source ? result.Source : result.Target, $"voted for slot {vote.Slot}{Mark(result.Gap, vote)}");
        }
    }

    // The detail of a failure is already in the result's text.
    private static string Detail(StepReport step) => step.Result is { IsDone: true, Detail: { } detail } ? $": {ReportText.OnOneLine(detail)}" : "";

    private static string Mark(GapReport? gap, TimelineVote vote) =>
        vote.Node == NodeSide.Source && vote.Slot == gap?.SourceLastVote ? ", the last" : vote.Node == NodeSide.Target && vote.Slot == gap?.TargetFirstVote ? ", the first" : "";
}
