using System.Net;

namespace Tachyon.Failover.Preflight;

/// <summary>TF120: source and target are different nodes.</summary>
internal sealed class SameNodeCheck() : SurveyCheck("TF120")
{
    private const string Expected = "two machines, or two ledgers";
    private const string Remedy = "correct the host or the ledger in the settings of one of them";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey)
    {
        foreach (var node in survey.Nodes.Where(node => node.Inspection.Value?.LedgerPlace is null))
        {
            yield return Unseen(node.Name, node.Inspection.IsDone ? "its machine and its ledger are unknown" : node.Inspection.Call.ToString(), Expected);
        }

        if (survey.Source.Inspection.Value?.LedgerPlace is { } place && place == survey.Target.Inspection.Value?.LedgerPlace)
        {
            yield return Blocker(null, "source and target are the same ledger on the same machine", Expected, Remedy);
        }

        if (survey.Source.ContactInfo.Value?.Gossip is { } gossip && gossip.Equals(survey.Target.ContactInfo.Value?.Gossip) && !IPAddress.IsLoopback(gossip.Address))
        {
            yield return Blocker(null, $"both validators have the gossip address {gossip}", Expected, Remedy);
        }
    }
}
