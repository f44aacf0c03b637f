using System.Text.Json;

namespace Tachyon.Failover.Preflight;

/// <summary>All findings of a preflight, the blockers first. Immutable.</summary>
public sealed class PreflightReport
{
    /// <summary>The version of the JSON that <see cref="ToJson"/> gives. Members may be added under one version; none goes or changes its meaning.</summary>
    public const int JsonVersion = 1;

    internal PreflightReport(IEnumerable<string> checks, IEnumerable<PreflightFinding> findings)
    {
        Checks = [.. checks];
        Findings = [.. findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Code, StringComparer.Ordinal)];
    }

    /// <summary>The codes of the checks that were run, and of what else was looked at.</summary>
    public IReadOnlyList<string> Checks { get; }

    /// <summary>What was found.</summary>
    public IReadOnlyList<PreflightFinding> Findings { get; }

    /// <summary>Whether nothing stands against a switchover.</summary>
    public bool IsClear => Findings.All(finding => finding.Severity != PreflightSeverity.Blocker);

    /// <summary>What was found, that about one node left out. What names no node is about both, or the cluster, and stays.</summary>
    internal PreflightReport Without(string node) => new(Checks, Findings.Where(finding => finding.Node != node));

    /// <summary>
    /// The report for machines: one JSON object with <c>version</c>, <c>isClear</c>, <c>checks</c> (codes) and <c>findings</c>, each with <c>code</c>,
    /// <c>severity</c> (<c>blocker</c>, <c>warning</c>, <c>note</c>), <c>node</c>, <c>seen</c>, <c>expected</c>, <c>remedy</c> and <c>couldNotLook</c>.
    /// </summary>
    public string ToJson() => JsonSerializer.Serialize(PreflightDocument.Of(this), PreflightJson.Default.PreflightDocument);

    /// <summary>The report for people: a table. Checks that could not look for one and the same reason share a row.</summary>
    public override string ToString() => PreflightTable.Of(this);
}
