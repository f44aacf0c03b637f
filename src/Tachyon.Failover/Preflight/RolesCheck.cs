using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Preflight;

/// <summary>TF102: the source runs the staked identity, the target runs its own unstaked one, and each node's RPC belongs to its validator.</summary>
internal sealed class RolesCheck() : SurveyCheck(ItsCode)
{
    public const string ItsCode = "TF102";

    private const string Expected = "the staked identity at the source, and at the source alone";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey) =>
    [
        .. survey.Nodes.Where(node => !node.ContactInfo.IsDone).Select(node => Unseen(node.Name, node.ContactInfo.Call, Expected)),
        .. ProbeRoles(pair, survey),
        .. ProbeUnstaked(pair, survey.Target),
        .. survey.Nodes.SelectMany(ProbeRpc),
    ];

    private IEnumerable<PreflightFinding> ProbeRoles(ValidatorPair pair, PairSurvey survey)
    {
        var (source, target) = (survey.Source.Runs(pair), survey.Target.Runs(pair));
        if (source is true && target is true)
        {
            yield return Blocker(null, $"both nodes run the staked identity {pair.StakedIdentity}", Expected, PreflightFinding.Recover);
        }
        else if (target is true)
        {
            // A takeover does not ask the source, and must not take the identity from a node to give it to the same node.
            yield return Blocker(survey.Target.Name, "the target runs the staked identity already; there is nothing to do", Expected, "to move it back, ask for the other direction");
        }
        else if (source is false && target is false)
        {
            yield return Blocker(
                survey.Source.Name,
                $"neither node runs the staked identity: the source runs {survey.Source.ContactInfo.Value!.Identity}, the target {survey.Target.ContactInfo.Value!.Identity}",
                Expected,
                PreflightFinding.Recover);
        }
    }

    private IEnumerable<PreflightFinding> ProbeUnstaked(ValidatorPair pair, NodeSurvey target)
    {
        if (target.Runs(pair) is false && target.Inspection.Value?.UnstakedIdentity is { } own && target.ContactInfo.Value!.Identity is var runs && !runs.Equals(own))
        {
            yield return Blocker(
                target.Name,
                $"the target runs {runs}",
                $"the key of its unstaked keypair file, {own}",
                own.Equals(pair.StakedIdentity)
                    ? $"name the file of the identity that it runs in {nameof(ValidatorNodeSettings.UnstakedKeypair)}"
                    : $"name the file of the identity that it runs in {nameof(ValidatorNodeSettings.UnstakedKeypair)}, or run: {pair.Target.Host.CommandFor(ValidatorCommand.TakeUnstakedIdentity)}");
        }
    }

    private IEnumerable<PreflightFinding> ProbeRpc(NodeSurvey node)
    {
        if (node.ContactInfo.Value?.Identity is { } own && node.RpcIdentity.Value is { } other && !other.Equals(own))
        {
            yield return Blocker(
                node.Name,
                $"the validator runs {own}, but the RPC of the settings belongs to {other}",
                "the RPC of the validator of this ledger",
                $"name the --rpc-port of this validator in {nameof(ValidatorNodeSettings.RpcPort)}");
        }
    }
}
