using Tachyon.Failover.Preflight;

namespace Tachyon.Failover;

/// <summary>The JSON form of a switchover's result.</summary>
internal sealed record FailoverResultDocument(
    int Version,
    string Switchover,
    string Kind,
    string StakedIdentity,
    string Outcome,
    string IdentityAt,
    string Source,
    string Target,
    DateTimeOffset StartedAt,
    double ElapsedMilliseconds,
    string? Reason,
    GapDocument? Gap,
    EvidenceDocument? Evidence,
    IReadOnlyList<string> Owed,
    IReadOnlyList<OperatorActionDocument> FollowUps,
    IReadOnlyList<string> Notes,
    IReadOnlyList<StepDocument> Steps,
    TimelineDocument Timeline,
    PreflightDocument Preflight)
{
    public static FailoverResultDocument Of(FailoverResult result) => new(
        FailoverResult.JsonVersion,
        result.RunId,
        IJsonReport.Word(result.Kind),
        result.StakedIdentity.ToString(),
        IJsonReport.Word(result.Outcome),
        IJsonReport.Word(result.IdentityAt),
        result.Source,
        result.Target,
        result.StartedAt,
        IJsonReport.Milliseconds(result.Elapsed),
        result.Reason,
        result.Gap is { } gap ? GapDocument.Of(gap) : null,
        result.Evidence is { } evidence ? EvidenceDocument.Of(evidence) : null,
        result.PendingDemotions,
        [.. result.OperatorActions.Select(OperatorActionDocument.Of)],
        result.Notes,
        [.. result.Steps.Select(StepDocument.Of)],
        TimelineDocument.Of(result.Timeline),
        PreflightDocument.Of(result.Preflight));
}
