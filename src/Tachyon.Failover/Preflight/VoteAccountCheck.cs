namespace Tachyon.Failover.Preflight;

/// <summary>TF106: the staked identity has a vote account, and its votes land now. The same account shows the votes after the switchover.</summary>
internal sealed class VoteAccountCheck() : SurveyCheck("TF106")
{
    /// <summary>Longer than any vote takes to land, and shorter than the 128 slots after which the cluster calls an account delinquent.</summary>
    private const ulong SlotsUntilLanded = 32;

    private const string Expected = "a vote account whose node is the staked identity, and whose votes land";
    private const string Remedy = "find out why the source does not vote before its identity is moved";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey)
    {
        if (survey.VoteAccount.Value is not { } account)
        {
            yield return survey.Cluster.VoteAccounts.IsDone
                ? Blocker(null, survey.VoteAccount.Call.Detail ?? "there is none", Expected, "name the node of the vote account as the staked identity, and a cluster's RPC of the same cluster")
                : Unseen(null, survey.VoteAccount.Call, Expected);
        }
        else if (account.IsDelinquent)
        {
            yield return Warning(survey.Source.Name, $"the vote account {account.Address} is delinquent: its last landed vote is for slot {account.LastVote}", Expected, Remedy);
        }
        else if (survey.Cluster.Epoch.Value is not { } epoch)
        {
            yield return Unseen(null, survey.Cluster.Epoch.Call, Expected);
        }
        else if (account.LastVote + SlotsUntilLanded < epoch.AbsoluteSlot)
        {
            yield return Warning(survey.Source.Name, $"no vote has landed since slot {account.LastVote}, {epoch.AbsoluteSlot - account.LastVote} slots ago", Expected, Remedy);
        }
    }
}
