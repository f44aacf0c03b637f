namespace Tachyon.Failover.Preflight;

/// <summary>TF103: the staked keypair files of both nodes hold the staked identity, and the unstaked ones hold each node's own identity.</summary>
internal sealed class KeypairsCheck() : SurveyCheck("TF103")
{
    private const string NewKeypair = "make a keypair for the node (solana-keygen new) and let the validator take it";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey)
    {
        foreach (var node in survey.Nodes)
        {
            if (node.Inspection.Value is not { StakedIdentity: { } staked, UnstakedIdentity: { } unstaked })
            {
                yield return Unseen(node.Name, node.Inspection.IsDone ? "a keypair file could not be read" : node.Inspection.Call.ToString(), "the staked identity's keypair, and one of the node's own");
                continue;
            }

            if (!staked.Equals(pair.StakedIdentity))
            {
                yield return Blocker(node.Name, $"the staked keypair file holds {staked}", $"the staked identity {pair.StakedIdentity}", "name the right file or the right identity in the settings");
            }

            if (unstaked.Equals(pair.StakedIdentity))
            {
                yield return Blocker(node.Name, "the unstaked keypair file holds the staked identity: the node could never be demoted", "an identity of the node's own", NewKeypair);
            }
        }

        if (survey.Source.Inspection.Value?.UnstakedIdentity is { } a && a.Equals(survey.Target.Inspection.Value?.UnstakedIdentity) && !a.Equals(pair.StakedIdentity))
        {
            yield return Blocker(null, $"both nodes have the unstaked identity {a}: the cluster stops one of two nodes with one identity", "one of its own for each", NewKeypair);
        }
    }
}
