using System.Text;
using System.Text.Json.Serialization;

namespace Tachyon.Failover.Preflight;

/// <summary>A finding of a preflight check. A report has copies of those that checks give.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class PreflightFinding : IJsonReport
{
    /// <summary>The check's code.</summary>
    public required string Code { get; set; }

    /// <summary>How severe it is.</summary>
    public required PreflightSeverity Severity { get; set; }

    /// <summary>The node; null if it concerns both, or the cluster.</summary>
    public string? Node { get; set; }

    /// <summary>What was seen, without a full stop.</summary>
    public required string Seen { get; set; }

    /// <summary>What was expected instead, without a full stop.</summary>
    public required string Expected { get; set; }

    /// <summary>The command or the edit that corrects it; null if none is safe.</summary>
    public string? Remedy { get; set; }

    /// <summary>Whether the check could not read what it needs, so that the state is unknown. <see cref="Seen"/> says why.</summary>
    public bool IsInconclusive { get; set; }

    /// <summary>The remedy after an interrupted switchover: only a probe of both nodes shows what is safe.</summary>
    internal static string Recover => $"if a switchover was interrupted, {ProbeAndRecover}";

    internal static string ProbeAndRecover => "DiagnoseAsync of the coordinator says what is so, and RecoverAsync does what is safe";

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("code", Code)
        .Add("severity", Severity)
        .Add("node", Node)
        .Add("seen", Seen)
        .Add("expected", Expected)
        .Add("remedy", Remedy)
        .Add("isInconclusive", IsInconclusive);

    /// <summary>The finding in a sentence.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Code} {Severity.ToString().ToLowerInvariant()}");
        if (Node is not null)
        {
            text.Append($" ({Node})");
        }

        text.Append($": {(IsInconclusive ? "inconclusive: " : "")}{Seen}; expected: {Expected}.");
        return (Remedy is null ? text : text.Append($" To mend it: {Remedy}.")).ToString();
    }
}
