namespace Tachyon.Failover.Preflight;

/// <summary>TF114: no vote account with stake names an unstaked identity as its node.</summary>
internal sealed class UnstakedIdentityCheck() : SurveyCheck("TF114")
{
    private const string Expected = "an unstaked identity that is the node of no vote account with stake";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey)
    {
        if (survey.Cluster.VoteAccounts.Value is not { } accounts)
        {
            yield return Unseen(null, survey.Cluster.VoteAccounts.Call, Expected);
            yield break;
        }

        foreach (var node in survey.Nodes)
        {
            if (node.Inspection.Value?.UnstakedIdentity is not { } own)
            {
                yield return Unseen(node.Name, node.Inspection.IsDone ? "the unstaked keypair file could not be read" : node.Inspection.Call.ToString(), Expected);
            }
            else if (!own.Equals(pair.StakedIdentity) && accounts.FirstOrDefault(account => account.Node.Equals(own) && account.ActivatedStake > 0) is { } account)
            {
                yield return Blocker(node.Name, $"the unstaked identity {own} is the node of the vote account {account.Address}, which has stake", Expected, "make a keypair for the node (solana-keygen new) and let the validator take it");
            }
        }
    }
}
