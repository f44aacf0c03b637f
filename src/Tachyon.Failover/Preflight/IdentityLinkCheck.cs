namespace Tachyon.Failover.Preflight;

/// <summary>TF104: each identity link is a link and points at the identity that the node runs, so that a restart now changes nothing.</summary>
internal sealed class IdentityLinkCheck() : SurveyCheck("TF104")
{
    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey) =>
    [
        .. Probe(pair.Source, survey.Source, pair.StakedIdentity, RoleOf(pair, survey.Source), IsOneActive(pair, survey)),
        .. Probe(pair.Target, survey.Target, pair.StakedIdentity, RoleOf(pair, survey.Target), IsOneActive(pair, survey)),
    ];

    /// <summary>The identity that the node runs, which its link must match, in any direction; null if it is unknown.</summary>
    private static IdentityRole? RoleOf(ValidatorPair pair, NodeSurvey survey) =>
        survey.ContactInfo.Value is not { } info ? null
        : info.Identity.Equals(pair.StakedIdentity) ? IdentityRole.Staked
        : IdentityRole.Unstaked;

    // Only then a command for the link is safe: with two active nodes, none, or a third one in gossip, it could start a second voter.
    private static bool IsOneActive(ValidatorPair pair, PairSurvey survey) =>
        RoleOf(pair, survey.Source) is { } source && RoleOf(pair, survey.Target) is { } target && source != target
        && !IsElsewhere(pair, survey, source == IdentityRole.Staked ? survey.Source : survey.Target);

    private static bool IsElsewhere(ValidatorPair pair, PairSurvey survey, NodeSurvey active) =>
        active.ContactInfo.Value?.Gossip is { } own && survey.Cluster.Nodes.Value is { } nodes && nodes.Any(node => node.Identity.Equals(pair.StakedIdentity) && !own.Equals(node.Gossip));

    private IEnumerable<PreflightFinding> Probe(ValidatorNode node, NodeSurvey survey, Pubkey stakedIdentity, IdentityRole? role, bool isOneActive)
    {
        // A command names a file by its role in the settings.
        var namesAreRight = survey.Inspection.Value is { StakedIdentity: { } staked, UnstakedIdentity: { } unstaked } && staked.Equals(stakedIdentity) && !unstaked.Equals(stakedIdentity);
        var remedy = isOneActive && namesAreRight && role is { } known ? $"run on {node.Name}: {node.Link.CommandToPointAt(known)}" : null;
        var expected = role is null ? "a link to the keypair that the node runs" : $"a link to the {role} keypair, which the node runs";
        if (survey.Link.Call is { Failure: CallFailure.NotALink } notALink)
        {
            yield return Blocker(node.Name, $"the identity link is none: {notALink.Detail ?? "something else is in its place"}", expected, remedy);
        }
        else if (!survey.Link.IsDone)
        {
            yield return Unseen(node.Name, survey.Link.Call, expected);
        }
        else if (survey.Link.Value.Identity is null)
        {
            var whatItIs = survey.Link.Value.Key is null ? "which is no readable keypair: check that it exists and that the user may read it" : "which is neither keypair of the node";
            yield return Blocker(node.Name, $"the identity link points at {survey.Link.Value.Path}, {whatItIs}", expected, remedy);
        }
        else if (role is null)
        {
            yield return Unseen(node.Name, survey.ContactInfo.Call, expected);
        }
        else if (survey.Link.Value.Identity != role)
        {
            yield return Blocker(
                node.Name,
                $"the identity link points at the {survey.Link.Value.Identity} keypair ({survey.Link.Value.Path}); after a restart the node would run the wrong identity",
                expected,
                remedy ?? PreflightFinding.Recover);
        }
    }
}
