using System.Text;

namespace Tachyon.Failover.Preflight;

/// <summary>Prints a report for people.</summary>
internal static class PreflightTable
{
    private const int SeverityWidth = 8;

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
            var words = !first.CouldNotLook ? first.Seen : others.Count == 0 ? $"could not look: {first.Seen}" : $"could not look, and neither could {string.Join(", ", others)}: {first.Seen}";
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

    /// <summary>What stands against a switchover, a sentence each.</summary>
    public static string Blockers(PreflightReport report) => string.Join(
        ' ',
        from row in Rows(report)
        where row.First.Severity == PreflightSeverity.Blocker
        select row.Others.Count == 0 ? $"{row.First}" : $"{row.First} ({string.Join(", ", row.Others)} could not look either.)");

    private static IEnumerable<(PreflightFinding First, IReadOnlyList<string> Others)> Rows(PreflightReport report) =>
        report.Findings
            .Select((finding, number) => (Finding: finding, Key: finding.CouldNotLook ? (finding.Severity, finding.Node, finding.Seen, 0) : (finding.Severity, finding.Node, finding.Seen, number + 1)))
            .GroupBy(one => one.Key, one => one.Finding)
            .Select(group => (group.First(), (IReadOnlyList<string>)[.. group.Select(finding => finding.Code).Distinct(StringComparer.Ordinal).Skip(1)]));

    private static IEnumerable<string> Counts(PreflightReport report) =>
        from severity in (PreflightSeverity[])[PreflightSeverity.Blocker, PreflightSeverity.Warning, PreflightSeverity.Note]
        let count = report.Findings.Count(finding => finding.Severity == severity)
        where count > 0
        select $"{count} {severity.ToString().ToLowerInvariant()}{(count == 1 ? "" : "s")}";

    // What a host said may have any number of lines.
    private static string OnOneLine(string words) => words.ReplaceLineEndings(" ");
}
