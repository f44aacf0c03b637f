namespace Tachyon.Failover;

/// <summary>The JSON form of a takeover's evidence.</summary>
internal sealed record EvidenceDocument(string Grade, IReadOnlyList<string> Seen, IReadOnlyList<string> Missing)
{
    public static EvidenceDocument Of(TakeoverEvidence evidence) => new(IJsonReport.Word(evidence.Grade), evidence.Facts, evidence.Missing);
}
