using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Preflight;

/// <summary>TF104: each identity link is a link and points at what the node runs, so that a restart at this moment would change nothing.</summary>
internal sealed class IdentityLinkCheck : IPreflightCheck
{
    public string Code => "TF104";

    public Task<IReadOnlyList<PreflightFinding>> CheckAsync(ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PreflightFinding>>(
        [
            .. Look(pair.Source, survey.Source, RoleOf(pair, survey.Source), IsOneActive(pair, survey)),
            .. Look(pair.Target, survey.Target, RoleOf(pair, survey.Target), IsOneActive(pair, survey)),
        ]);

    /// <summary>What the node runs, which is what its link must say, whichever way the switchover was asked for; null if it is not known.</summary>
    private static IdentityRole? RoleOf(ValidatorPair pair, NodeSurvey survey) =>
        survey.ContactInfo.Value is not { } info ? null
        : info.Identity.Equals(pair.StakedIdentity) ? IdentityRole.Staked
        : IdentityRole.Unstaked;

    // Only then is it safe to tell a person which way a link must point: with two active nodes, or none, the command could bring back a second voter.
    private static bool IsOneActive(ValidatorPair pair, PairSurvey survey) =>
        RoleOf(pair, survey.Source) is { } source && RoleOf(pair, survey.Target) is { } target && source != target;

    private IEnumerable<PreflightFinding> Look(ValidatorNode node, NodeSurvey survey, IdentityRole? expected, bool isOneActive)
    {
        var remedy = isOneActive && expected is { } role ? $"Run on {node.Name}: {node.Link.CommandToPointAt(role)}" : null;
        if (!survey.Link.IsDone)
        {
            yield return Blocker(node, $"The identity link could not be read: {survey.Link.Call}.", survey.Link.Call.Failure == CallFailure.NotALink ? remedy : null);
        }
        else if (survey.Link.Value.Identity is null)
        {
            yield return Blocker(node, $"The identity link points at {survey.Link.Value.Path}, which is neither keypair of the node.", remedy);
        }
        else if (expected is not null && survey.Link.Value.Identity != expected)
        {
            yield return Blocker(node, $"The identity link points at the {survey.Link.Value.Identity} keypair ({survey.Link.Value.Path}); a restart would bring back the wrong identity.", remedy ?? PreflightFinding.Recover);
        }
    }

    private PreflightFinding Blocker(ValidatorNode node, string message, string? remedy) =>
        new() { Code = Code, Severity = PreflightSeverity.Blocker, Node = node.Name, Message = message, Remedy = remedy };
}
