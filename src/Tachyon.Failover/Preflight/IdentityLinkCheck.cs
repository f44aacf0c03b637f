using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Preflight;

/// <summary>TF104: each identity link is a link and points at what the node runs, so that a restart at this moment would change nothing.</summary>
internal sealed class IdentityLinkCheck : IPreflightCheck
{
    public string Code => "TF104";

    public Task<IReadOnlyList<PreflightFinding>> CheckAsync(ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PreflightFinding>>(
        [
            .. Look(pair.Source, survey.Source, IdentityRole.Staked),
            .. Look(pair.Target, survey.Target, IdentityRole.Unstaked),
        ]);

    private IEnumerable<PreflightFinding> Look(ValidatorNode node, NodeSurvey survey, IdentityRole expected)
    {
        var remedy = $"Run on {node.Name}: {node.Link.CommandToPointAt(expected)}";
        if (!survey.Link.IsDone)
        {
            yield return Blocker(node, $"The identity link could not be read: {survey.Link.Call}.", survey.Link.Call.Failure == CallFailure.NotALink ? remedy : null);
        }
        else if (survey.Link.Value.Identity is null)
        {
            yield return Blocker(node, $"The identity link points at {survey.Link.Value.Path}, which is neither keypair of the node.", remedy);
        }
        else if (survey.Link.Value.Identity != expected)
        {
            yield return Blocker(node, $"The identity link points at the {survey.Link.Value.Identity} keypair ({survey.Link.Value.Path}); a restart would bring back the wrong identity.", remedy);
        }
    }

    private PreflightFinding Blocker(ValidatorNode node, string message, string? remedy) =>
        new() { Code = Code, Severity = PreflightSeverity.Blocker, Node = node.Name, Message = message, Remedy = remedy };
}
