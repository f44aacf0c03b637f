namespace Tachyon.Failover.Preflight;

/// <summary>TF103: the staked keypair files of both nodes hold the staked identity, and the unstaked ones an identity of the node's own.</summary>
internal sealed class KeypairsCheck : IPreflightCheck
{
    public string Code => "TF103";

    public Task<IReadOnlyList<PreflightFinding>> CheckAsync(ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PreflightFinding>>([.. Look(pair, survey)]);

    private IEnumerable<PreflightFinding> Look(ValidatorPair pair, PairSurvey survey)
    {
        foreach (var node in (NodeSurvey[])[survey.Source, survey.Target])
        {
            if (node.Inspection.Value is not { } inspection)
            {
                continue;
            }

            if (inspection.StakedIdentity is { } staked && !staked.Equals(pair.StakedIdentity))
            {
                yield return Blocker(node.Name, $"The staked keypair file holds {staked}, not the staked identity {pair.StakedIdentity}.", "Name the right file, or the right identity.");
            }

            if (inspection.UnstakedIdentity is { } unstaked && unstaked.Equals(pair.StakedIdentity))
            {
                yield return Blocker(node.Name, "The unstaked keypair file holds the staked identity: the node could never stop being it.", "Make a keypair for the node: solana-keygen new");
            }
        }

        if (survey.Source.Inspection.Value?.UnstakedIdentity is { } a && a.Equals(survey.Target.Inspection.Value?.UnstakedIdentity))
        {
            yield return Blocker(null, $"Both nodes have the unstaked identity {a}; with one identity at two nodes the cluster stops one of them.", "Make a keypair for one of them: solana-keygen new");
        }
    }

    private PreflightFinding Blocker(string? node, string message, string remedy) =>
        new() { Code = Code, Severity = PreflightSeverity.Blocker, Node = node, Message = message, Remedy = remedy };
}
