namespace Tachyon.Failover.Preflight;

/// <summary>A report in its JSON form. Stored reports depend on these names: members are only added.</summary>
internal sealed record PreflightDocument(int Version, bool IsClear, IReadOnlyList<string> Checks, IReadOnlyList<PreflightDocument.Finding> Findings)
{
    public static PreflightDocument Of(PreflightReport report) => new(
        FailoverResult.JsonVersion,
        report.IsClear,
        report.Checks,
        [.. report.Findings.Select(finding => new Finding(
            finding.Code, finding.Severity.ToString().ToLowerInvariant(), finding.Node, finding.Seen, finding.Expected, finding.Remedy, finding.IsInconclusive))]);

    internal sealed record Finding(string Code, string Severity, string? Node, string Seen, string Expected, string? Remedy, bool IsInconclusive);
}
