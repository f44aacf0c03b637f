namespace Tachyon.Failover.Preflight;

/// <summary>TF119: gossip has the staked identity once, at the source's address, so no other node runs it.</summary>
internal sealed class GossipCheck() : SurveyCheck("TF119")
{
    private const string Expected = "one contact info of the staked identity, at the source's address";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey)
    {
        if (survey.IsTurned(pair))
        {
            yield break;
        }

        if (survey.Cluster.Nodes.Value is not { } nodes)
        {
            yield return Unseen(null, survey.Cluster.Nodes.Call, Expected);
        }
        else if (survey.Source.ContactInfo.Value?.Gossip is not { } gossip)
        {
            yield return Unseen(survey.Source.Name, survey.Source.ContactInfo.IsDone ? "the validator reported no gossip address" : survey.Source.ContactInfo.Call.ToString(), Expected);
        }
        else
        {
            var contacts = nodes.Where(node => node.Identity.Equals(pair.StakedIdentity)).ToList();
            if (contacts.Count == 0)
            {
                yield return Warning(survey.Source.Name, "gossip does not have the staked identity", Expected, "check whether the source is connected to the cluster");
            }

            foreach (var elsewhere in contacts.Where(node => !gossip.Equals(node.Gossip)))
            {
                yield return Blocker(
                    null,
                    $"gossip has the staked identity at {elsewhere.Gossip?.ToString() ?? "no address"}, and the source is at {gossip}",
                    Expected,
                    $"check again in a minute: gossip may not know of a switchover yet. If it stays: find out which node that is, and which of the two votes, before you stop anything; {PreflightFinding.Recover}");
            }
        }
    }
}
