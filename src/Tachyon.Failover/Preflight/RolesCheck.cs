namespace Tachyon.Failover.Preflight;

/// <summary>TF102: the source runs the staked identity, and the target runs its own unstaked one.</summary>
internal sealed class RolesCheck() : SurveyCheck("TF102")
{
    private const string AlreadyThere = "the target runs the staked identity already; there is nothing to do";
    private const string OtherWay = "to move it back, ask for the other direction";
    private const string Expected = "the staked identity at the source, and at the source alone";

    protected override IEnumerable<PreflightFinding> Look(ValidatorPair pair, PairSurvey survey)
    {
        foreach (var node in survey.Nodes.Where(node => !node.ContactInfo.IsDone))
        {
            yield return Unseen(node.Name, node.ContactInfo.Call, Expected);
        }

        if (survey.Source.ContactInfo.Value is not { } source || survey.Target.ContactInfo.Value is not { } target)
        {
            // The source of a takeover is not asked; its target must be the inactive node all the same.
            if (survey.Target.ContactInfo.Value is { } known && known.Identity.Equals(pair.StakedIdentity))
            {
                yield return Blocker(survey.Target.Name, AlreadyThere, Expected, OtherWay);
            }

            yield break;
        }

        var sourceIsStaked = source.Identity.Equals(pair.StakedIdentity);
        var targetIsStaked = target.Identity.Equals(pair.StakedIdentity);
        if (sourceIsStaked && targetIsStaked)
        {
            yield return Blocker(null, $"both nodes run the staked identity {pair.StakedIdentity}", Expected, $"stop one of them before both are stopped by the cluster; {PreflightFinding.Recover}");
        }
        else if (targetIsStaked)
        {
            yield return Blocker(survey.Target.Name, AlreadyThere, Expected, OtherWay);
        }
        else if (!sourceIsStaked)
        {
            yield return Blocker(survey.Source.Name, $"neither node runs the staked identity: the source runs {source.Identity}, the target {target.Identity}", Expected, PreflightFinding.Recover);
        }

        if (!targetIsStaked && survey.Target.Inspection.Value?.UnstakedIdentity is { } own && !target.Identity.Equals(own))
        {
            yield return Blocker(
                survey.Target.Name,
                $"the target runs {target.Identity}",
                $"the key of its unstaked keypair file, {own}",
                $"name the file of the identity that it runs in {nameof(ValidatorNodeSettings.UnstakedKeypair)}, or run: {pair.Target.Host.CommandFor(Hosts.ValidatorCommand.TakeUnstakedIdentity)}");
        }
    }
}
