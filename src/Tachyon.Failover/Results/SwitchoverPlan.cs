using System.Text;
using System.Text.Json.Serialization;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover;

/// <summary>The result of a dry run: the findings, and the steps of a switchover.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class SwitchoverPlan : IJsonReport
{
    internal SwitchoverPlan()
    {
    }

    /// <summary>The identity that would be moved.</summary>
    public Pubkey StakedIdentity { get; internal init; } = null!;

    /// <summary>The name of the source.</summary>
    public string Source { get; internal init; } = null!;

    /// <summary>The name of the target.</summary>
    public string Target { get; internal init; } = null!;

    /// <summary>The findings of the preflight.</summary>
    public PreflightReport Preflight { get; internal init; } = null!;

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; internal init; } = null!;

    /// <summary>Whether both locks could be taken; they were released again.</summary>
    public CallResult Locks { get; internal init; } = null!;

    /// <summary>The result of delivering the source's present tower to the target under a temporary name, which was removed again.</summary>
    public CallResult Transfer { get; internal init; } = null!;

    /// <summary>How long the delivery took; null if there was none.</summary>
    public TimeSpan? TransferTime { get; internal init; }

    /// <summary>Whether a switchover would begin: preflight, locks and transfer succeeded.</summary>
    public bool IsClear => Preflight.IsClear && Locks.IsDone && Transfer.IsDone;

    /// <summary>
    /// The plan as JSON, with or without line breaks: one object with <c>version</c>, <c>stakedIdentity</c>, <c>source</c>, <c>target</c>, <c>isClear</c>, <c>locks</c> and <c>transfer</c>
    /// (each with <c>outcome</c>, <c>failure</c>, <c>detail</c>), <c>transferMilliseconds</c>, <c>steps</c> (each with <c>step</c>, <c>node</c>, <c>command</c>) and
    /// <c>preflight</c>, which is what <see cref="PreflightReport.ToJson"/> gives. docs/json.md has an example.
    /// </summary>
    public string ToJson(bool indented = true) => IJsonReport.Text(this, indented);

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("version", FailoverResult.JsonVersion)
        .Add("stakedIdentity", StakedIdentity)
        .Add("source", Source)
        .Add("target", Target)
        .Add("isClear", IsClear)
        .Add("locks", Locks)
        .Add("transfer", Transfer)
        .Add("transferMilliseconds", TransferTime)
        .Add("steps", Steps)
        .Add("preflight", Preflight);

    /// <summary>The plan as text: the tries, and a line for each step.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(IsClear ? "A switchover would begin" : "A switchover would be refused");
        text.AppendLine($": the staked identity {StakedIdentity}, from {Source} to {Target}.");
        text.AppendLine($"Preflight: {Preflight}");
        text.AppendLine($"Locks: {ReportText.OnOneLine(Locks.ToString())}");
        text.Append($"Tower to a temporary name on {Target}: {ReportText.OnOneLine(Transfer.ToString())}");
        if (TransferTime is { } time)
        {
            text.Append($" in {ReportText.Duration(time)}");
        }

        foreach (var step in Steps)
        {
            text.AppendLine().Append(step);
        }

        return text.ToString();
    }
}
