using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>Evidence that the lost node is not voting and cannot resume. Immutable.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class TakeoverEvidence : IJsonReport
{
    internal TakeoverEvidence()
    {
    }

    /// <summary>The highest grade that is reached.</summary>
    public EvidenceGrade Grade { get; internal set; }

    /// <summary>The facts.</summary>
    public IReadOnlyList<FailoverNote> Facts { get; internal set; } = null!;

    /// <summary>What would raise the grade; empty if nothing can.</summary>
    public IReadOnlyList<FailoverNote> Missing { get; internal set; } = null!;

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("grade", Grade)
        .Add("facts", Facts)
        .Add("missing", Missing);

    /// <summary>The grade, and below it the facts and what would raise it.</summary>
    public override string ToString() => string.Join('\n', [$"{Grade}", .. Facts.Select(line => $"  {line}"), .. Missing.Select(line => $"  to raise it: {line}")]);
}
