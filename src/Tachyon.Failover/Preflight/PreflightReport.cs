using System.Text.Json.Serialization;

namespace Tachyon.Failover.Preflight;

/// <summary>All findings of a preflight, the blockers first. Immutable.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class PreflightReport : IJsonReport
{
    internal PreflightReport(IEnumerable<string> checks, IEnumerable<PreflightFinding> findings)
    {
        Checks = [.. checks];
        Findings = [.. findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Code, StringComparer.Ordinal)];
    }

    /// <summary>The codes of the checks that were run, and of the other reasons that were examined.</summary>
    public IReadOnlyList<string> Checks { get; }

    /// <summary>All findings.</summary>
    public IReadOnlyList<PreflightFinding> Findings { get; }

    /// <summary>Whether there is no blocker.</summary>
    public bool IsClear => Findings.All(finding => finding.Severity != PreflightSeverity.Blocker);

    /// <summary>The report without the findings about one node. Findings without a node concern both, or the cluster, and stay.</summary>
    internal PreflightReport Without(string node) => new(Checks, Findings.Where(finding => finding.Node != node));

    /// <summary>
    /// The report as JSON, with or without line breaks: one object with <c>version</c>, <c>isClear</c>, <c>checks</c> (codes) and <c>findings</c>, each with <c>code</c>,
    /// <c>severity</c> (<c>blocker</c>, <c>warning</c>, <c>info</c>), <c>node</c>, <c>seen</c>, <c>expected</c>, <c>remedy</c> and <c>isInconclusive</c>.
    /// </summary>
    public string ToJson(bool indented = true) => IJsonReport.Text(this, indented);

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("version", FailoverResult.JsonVersion)
        .Add("isClear", IsClear)
        .Add("checks", Checks)
        .Add("findings", Findings);

    /// <summary>The report as a table of text. Checks that are inconclusive for the same reason share a row.</summary>
    public override string ToString() => PreflightTable.Of(this);
}
