namespace Tachyon.Failover.Reports;

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
    IReadOnlyList<FollowUpDocument> FollowUps,
    IReadOnlyList<string> Notes,
    IReadOnlyList<StepDocument> Steps,
    PairDiagnosisDocument Diagnosis)
{
    public static RecoveryResultDocument Of(RecoveryResult result) => new(
        RecoveryResult.JsonVersion,
        result.Recovery,
        result.StakedIdentity.ToString(),
        ReportJson.Word(result.Outcome),
        ReportJson.Word(result.IdentityAt),
        result.StartedAt,
        ReportJson.Milliseconds(result.Elapsed),
        result.Reason,
        result.Owed,
        [.. result.FollowUps.Select(FollowUpDocument.Of)],
        result.Notes,
        [.. result.Steps.Select(StepDocument.Of)],
        PairDiagnosisDocument.Of(result.Diagnosis));
}
