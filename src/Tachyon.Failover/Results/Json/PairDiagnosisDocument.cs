namespace Tachyon.Failover;

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
        FailoverResult.JsonVersion,
        diagnosis.StakedIdentity.ToString(),
        IJsonReport.Word(diagnosis.State),
        diagnosis.Reason,
        IJsonReport.Word(diagnosis.Action),
        IJsonReport.Word(diagnosis.IdentityAt),
        Of(diagnosis.Source),
        Of(diagnosis.Target),
        diagnosis.LastLandedVote,
        diagnosis.Interrupted,
        diagnosis.InProgress,
        diagnosis.Notes,
        [.. diagnosis.FollowUps.Select(OperatorActionDocument.Of)]);

    public static Node Of(NodeDiagnosis finding) => new(
        finding.Name,
        IJsonReport.Word(finding.Condition),
        IJsonReport.Word(finding.Identity),
        finding.OtherIdentity?.ToString(),
        IJsonReport.Word(finding.Link),
        finding.Votes,
        finding.LastVotedSlot,
        finding.Tower);

    internal sealed record Node(string Name, string Condition, string? Identity, string? OtherIdentity, string? Link, bool? Votes, ulong? LastVotedSlot, string Tower);
}
