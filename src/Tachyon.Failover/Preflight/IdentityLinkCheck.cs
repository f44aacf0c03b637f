using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Preflight;

/// <summary>TF104: each identity link is a link and points at what the node runs, so that a restart at this moment would change nothing.</summary>
internal sealed class IdentityLinkCheck() : SurveyCheck("TF104")
{
    protected override IEnumerable<PreflightFinding> Look(ValidatorPair pair, PairSurvey survey) =>
    [
        .. Look(pair.Source, survey.Source, pair.StakedIdentity, RoleOf(pair, survey.Source), IsOneActive(pair, survey)),
        .. Look(pair.Target, survey.Target, pair.StakedIdentity, RoleOf(pair, survey.Target), IsOneActive(pair, survey)),
    ];

    /// <summary>What the node runs, which is what its link must say, whichever way the switchover was asked for; null if it is not known.</summary>
    private static IdentityRole? RoleOf(ValidatorPair pair, NodeSurvey survey) =>
        survey.ContactInfo.Value is not { } info ? null
        : info.Identity.Equals(pair.StakedIdentity) ? IdentityRole.Staked
        : IdentityRole.Unstaked;

    // Only then is it safe to tell a person which way a link must point: with two active nodes, or none, or a third one in gossip, the command could bring back a second voter.
    private static bool IsOneActive(ValidatorPair pair, PairSurvey survey) =>
        RoleOf(pair, survey.Source) is { } source && RoleOf(pair, survey.Target) is { } target && source != target
        && !IsElsewhere(pair, survey, source == IdentityRole.Staked ? survey.Source : survey.Target);

    private static bool IsElsewhere(ValidatorPair pair, PairSurvey survey, NodeSurvey active) =>
        active.ContactInfo.Value?.Gossip is { } own && survey.Cluster.Nodes.Value is { } nodes && nodes.Any(node => node.Identity.Equals(pair.StakedIdentity) && !own.Equals(node.Gossip));

    private IEnumerable<PreflightFinding> Look(ValidatorNode node, NodeSurvey survey, Pubkey stakedIdentity, IdentityRole? role, bool isOneActive)
    {
        // A command names a file by what the settings call it.
        var namesAreRight = survey.Inspection.Value is { StakedIdentity: { } staked, UnstakedIdentity: { } unstaked } && staked.Equals(stakedIdentity) && !unstaked.Equals(stakedIdentity);
        var remedy = isOneActive && namesAreRight && role is { } known ? $"run on {node.Name}: {node.Link.CommandToPointAt(known)}" : null;
        var expected = role is null ? "a link to the keypair that the node runs" : $"a link to the {role} keypair, which the node runs";
        if (survey.Link.Call is { Failure: CallFailure.NotALink } notALink)
        {
            yield return Blocker(node.Name, $"the identity link is none: {notALink.Detail ?? "something else stands in its place"}", expected, remedy);
        }
        else if (!survey.Link.IsDone)
        {
            yield return Unseen(node.Name, survey.Link.Call, expected);
        }
        else if (survey.Link.Value.Identity is null)
        {
            var whatItIs = survey.Link.Value.Key is null ? "which is no keypair that can be read: is it missing, or closed to the user?" : "which is neither keypair of the node";
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
                $"the identity link points at the {survey.Link.Value.Identity} keypair ({survey.Link.Value.Path}); a restart would bring back the wrong identity",
                expected,
                remedy ?? PreflightFinding.Recover);
        }
    }
}
