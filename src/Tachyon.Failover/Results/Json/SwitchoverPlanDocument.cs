using Tachyon.Failover.Preflight;

namespace Tachyon.Failover;

/// <summary>The JSON form of a dry run's plan.</summary>
internal sealed record SwitchoverPlanDocument(
    int Version,
    string StakedIdentity,
    string Source,
    string Target,
    bool IsClear,
    CallDocument Locks,
    CallDocument Transfer,
    double? TransferMilliseconds,
    IReadOnlyList<SwitchoverPlanDocument.Planned> Steps,
    PreflightDocument Preflight)
{
    public static SwitchoverPlanDocument Of(SwitchoverPlan plan) => new(
        SwitchoverPlan.JsonVersion,
        plan.StakedIdentity.ToString(),
        plan.Source,
        plan.Target,
        plan.IsClear,
        CallDocument.Of(plan.Locks),
        CallDocument.Of(plan.Transfer),
        ReportJson.Milliseconds(plan.TransferTime),
        [.. plan.Steps.Select(step => new Planned(ReportJson.Word(step.Step), step.Node, step.Command))],
        PreflightDocument.Of(plan.Preflight));

    internal sealed record Planned(string Step, string Node, string Command);
}
