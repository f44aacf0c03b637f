using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.IntegrationTests.Preflight;

/// <summary>A way in which a pair can be set up wrong, and who must find it.</summary>
/// <param name="Code">The check.</param>
/// <param name="Setting">The mistake, in words.</param>
/// <param name="Arrange">Makes the mistake.</param>
internal sealed record PreflightRow(string Code, string Setting, Func<PreflightStage, Task> Arrange)
{
    public PreflightSeverity Severity { get; init; } = PreflightSeverity.Blocker;

    /// <summary>The node that is named; null for both, or the cluster.</summary>
    public string? Node { get; init; } = "b";

    /// <summary>Whether the check is to say that it is inconclusive.</summary>
    public bool IsInconclusive { get; init; }

    /// <summary>A word of what is seen, where the check finds several things.</summary>
    public string Seen { get; init; } = "";

    /// <summary>Other checks that must find something, too, since one thing is wrong in several ways.</summary>
    public string[] Also { get; init; } = [];

    /// <summary>The finding that the check must have; null if it has not.</summary>
    public PreflightFinding? In(PreflightReport report) => report.Findings.FirstOrDefault(finding =>
        finding.Code == Code && finding.Severity == Severity && finding.Node == Node && finding.IsInconclusive == IsInconclusive && finding.Seen.Contains(Seen, StringComparison.Ordinal));

    /// <summary>
    /// Other checks that also find something. A check that is inconclusive has found nothing. The length of a trip depends on other work of
    /// the machine.
    /// </summary>
    public IReadOnlyList<string> StraysIn(PreflightReport report) =>
    [
        .. report.Findings
            .Where(finding => finding.Severity != PreflightSeverity.Info && !finding.IsInconclusive && finding.Code != Code && finding.Code != "TF123" && !Also.Contains(finding.Code))
            .Select(finding => finding.ToString()),
    ];
}
