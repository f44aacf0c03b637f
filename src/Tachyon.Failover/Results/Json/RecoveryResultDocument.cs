namespace Tachyon.Failover;

/// <summary>The JSON form of a recovery's result.</summary>
internal sealed record RecoveryResultDocument(
    int Version,
    string Recovery,
    string StakedIdentity,
    string Outcome,
    string IdentityAt,
    DateTimeOffset StartedAt,
    double ElapsedMilliseconds,
    string? Reason,
    IReadOnlyList<string> Owed,
    IReadOnlyList<OperatorActionDocument> FollowUps,
    IReadOnlyList<string> Notes,
    IReadOnlyList<StepDocument> Steps,
    PairDiagnosisDocument Diagnosis)
{
    public static RecoveryResultDocument Of(RecoveryResult result) => new(
        FailoverResult.JsonVersion,
        result.RunId,
        result.StakedIdentity.ToString(),
        IJsonReport.Word(result.Outcome),
        IJsonReport.Word(result.IdentityAt),
        result.StartedAt,
        IJsonReport.Milliseconds(result.Elapsed),
        result.Reason,
        result.PendingDemotions,
        [.. result.OperatorActions.Select(OperatorActionDocument.Of)],
        result.Notes,
        [.. result.Steps.Select(StepDocument.Of)],
        PairDiagnosisDocument.Of(result.Diagnosis));
}
