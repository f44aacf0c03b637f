namespace Tachyon.Failover.Reports;

/// <summary>The JSON form of a diagnosis.</summary>
internal sealed record PairDiagnosisDocument(
    int Version,
    string StakedIdentity,
    string State,
    string Reason,
    string Action,
    string IdentityAt,
    PairDiagnosisDocument.Node Source,
    PairDiagnosisDocument.Node Target,
    ulong? LastLandedVote,
    IReadOnlyList<string> Interrupted,
    IReadOnlyList<string> InProgress,
    IReadOnlyList<string> Notes,
    IReadOnlyList<OperatorActionDocument> FollowUps)
{
    public static PairDiagnosisDocument Of(PairDiagnosis diagnosis) => new(
        PairDiagnosis.JsonVersion,
        diagnosis.StakedIdentity.ToString(),
        ReportJson.Word(diagnosis.State),
        diagnosis.Reason,
        ReportJson.Word(diagnosis.Action),
        ReportJson.Word(diagnosis.IdentityAt),
        Of(diagnosis.Source),
        Of(diagnosis.Target),
        diagnosis.LastLandedVote,
        diagnosis.Interrupted,
        diagnosis.InProgress,
        diagnosis.Notes,
        [.. diagnosis.FollowUps.Select(OperatorActionDocument.Of)]);

    private static Node Of(NodeDiagnosis finding) => new(
        finding.Name,
        ReportJson.Word(finding.Condition),
        ReportJson.Word(finding.Identity),
        finding.OtherIdentity?.ToString(),
        ReportJson.Word(finding.Link),
        finding.Votes,
        finding.LastVotedSlot,
        finding.Tower);

    internal sealed record Node(string Name, string Condition, string? Identity, string? OtherIdentity, string? Link, bool? Votes, ulong? LastVotedSlot, string Tower);
}
