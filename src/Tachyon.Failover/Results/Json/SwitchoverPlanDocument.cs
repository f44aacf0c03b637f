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
        FailoverResult.JsonVersion,
        plan.StakedIdentity.ToString(),
        plan.Source,
        plan.Target,
        plan.IsClear,
        CallDocument.Of(plan.Locks),
        CallDocument.Of(plan.Transfer),
        IJsonReport.Milliseconds(plan.TransferTime),
        [.. plan.Steps.Select(Of)],
        PreflightDocument.Of(plan.Preflight));

    public static Planned Of(PlannedStep step) => new(IJsonReport.Word(step.Step), step.Node, step.Command);

    internal sealed record Planned(string Step, string Node, string Command);
}
