using System.Text;

namespace Tachyon.Failover.Preflight;

/// <summary>Prints a report as text.</summary>
internal static class PreflightTable
{
    private const int SeverityWidth = 8;
    private const int LongestWords = 200;

    public static string Of(PreflightReport report)
    {
        var text = new StringBuilder(report.IsClear ? "clear" : "blocked");
        text.Append(report.Findings.Count == 0 ? ": nothing found" : $": {string.Join(", ", Counts(report))}");
        if (report.Findings.Count == 0)
        {
            return text.ToString();
        }

        var rows = Rows(report).ToList();
        var code = rows.Max(row => row.First.Code.Length);
        var node = Math.Max("node".Length, rows.Max(row => row.First.Node?.Length ?? 0));
        text.AppendLine().Append($"{"code".PadRight(code)}  {"severity".PadRight(SeverityWidth)}  {"node".PadRight(node)}  finding");
        foreach (var (first, others) in rows)
        {
            var words = !first.IsInconclusive ? first.Seen : others.Count == 0 ? $"inconclusive: {first.Seen}" : $"inconclusive, like {string.Join(", ", others)}: {first.Seen}";
            text.AppendLine().Append($"{first.Code.PadRight(code)}  {first.Severity.ToString().ToLowerInvariant().PadRight(SeverityWidth)}  {(first.Node ?? "").PadRight(node)}  {OnOneLine(words)}");
            var indent = new string(' ', code + SeverityWidth + node + 6);
            text.AppendLine().Append($"{indent}expected: {OnOneLine(first.Expected)}");
            if (first.Remedy is not null)
            {
                text.AppendLine().Append($"{indent}to mend it: {OnOneLine(first.Remedy)}");
            }
        }

        return text.ToString();
    }

    /// <summary>The blockers on one line: the first in words, all others by their codes. The report has the full text.</summary>
    /// <param name="report">The findings.</param>
    /// <param name="inFull">For a node, the text to print instead of the shortened one.</param>
    public static string Summary(PreflightReport report, IReadOnlyList<(string Node, string Why)> inFull)
    {
        var blockers = Rows(report).Select(row => row.First).Where(finding => finding.Severity == PreflightSeverity.Blocker).ToList();
        var others = blockers.Count > 1 ? $"; and {string.Join(", ", blockers.Skip(1).Select(Title))}" : "";
        var words = inFull.Where(one => one.Node == blockers[0].Node && !blockers[0].IsInconclusive).Select(one => one.Why.TrimEnd('.')).FirstOrDefault();
        return $"{Title(blockers[0])}: {words ?? Shortened(OnOneLine(blockers[0].Seen))}{others}";
    }

    /// <summary>
    /// Findings with one cause share a row: checks that are inconclusive for the same reason, and all checks of an unreachable node. Then the cluster's checks join them,
    /// because the cluster is read through a node unless there is another RPC.
    /// </summary>
    private static IEnumerable<(PreflightFinding First, IReadOnlyList<string> Others)> Rows(PreflightReport report)
    {
        var unreachable = report.Findings.Where(finding => finding is { IsInconclusive: true, Code: ReachableCheck.ItsCode, Expected: ReachableCheck.NodeAnswers }).Select(finding => finding.Node).ToHashSet();
        return report.Findings
            .Select((finding, number) => (Finding: finding, Key: KeyOf(finding, number)))
            .GroupBy(one => one.Key, one => one.Finding)
            .Select(group => (group.First(), (IReadOnlyList<string>)[.. group.Select(finding => finding.Code).Distinct(StringComparer.Ordinal).Skip(1)]));

        (PreflightSeverity Severity, string? Node, string Seen, int Number) KeyOf(PreflightFinding finding, int number) =>
            !finding.IsInconclusive ? (finding.Severity, finding.Node, finding.Seen, number + 1)
            : unreachable.Count > 0 && (finding.Node is null || unreachable.Contains(finding.Node)) ? (finding.Severity, finding.Node, "", 0)
            : (finding.Severity, finding.Node, finding.Seen, 0);
    }

    private static string Title(PreflightFinding finding) => finding.Node is null ? finding.Code : $"{finding.Code} ({finding.Node})";

    private static string Shortened(string words) => words.Length <= LongestWords ? words : $"{words.AsSpan(0, LongestWords - 1)}…";

    private static IEnumerable<string> Counts(PreflightReport report) =>
        from severity in (PreflightSeverity[])[PreflightSeverity.Blocker, PreflightSeverity.Warning, PreflightSeverity.Info]
        let count = report.Findings.Count(finding => finding.Severity == severity)
        where count > 0
        select $"{count} {severity.ToString().ToLowerInvariant()}{(count == 1 ? "" : "s")}";

    // An answer of a host may have several lines.
    private static string OnOneLine(string words) => words.ReplaceLineEndings(" ");
}
