namespace Tachyon.Failover.Preflight;

/// <summary>All findings of a preflight, the blockers first.</summary>
public sealed class PreflightReport
{
    internal PreflightReport(IEnumerable<PreflightFinding> findings) =>
        Findings = [.. findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Code, StringComparer.Ordinal)];

    /// <summary>What was found.</summary>
    public IReadOnlyList<PreflightFinding> Findings { get; }

    /// <summary>Whether nothing stands against a switchover.</summary>
    public bool IsClear => Findings.All(finding => finding.Severity != PreflightSeverity.Blocker);

    /// <summary>A line for each finding.</summary>
    public override string ToString() => Findings.Count == 0 ? "nothing found" : string.Join(Environment.NewLine, Findings);
}
