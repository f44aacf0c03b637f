using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Preflight;

/// <summary>TF105: the source has a sound tower, and the target none that is newer.</summary>
internal sealed class TowerCheck : IPreflightCheck
{
    public string Code => "TF105";

    public Task<IReadOnlyList<PreflightFinding>> CheckAsync(ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PreflightFinding>>([.. Look(pair, survey)]);

    private IEnumerable<PreflightFinding> Look(ValidatorPair pair, PairSurvey survey)
    {
        if (survey.Source.Tower.Value is not { } file)
        {
            yield return Finding(PreflightSeverity.Blocker, survey.Source, $"The tower could not be read: {survey.Source.Tower.Call}. A source that votes has one; see --tower of its start script.");
            yield break;
        }

        var verdict = TowerVerification.Check(file, pair.StakedIdentity);
        if (!verdict.IsUsable)
        {
            yield return Finding(PreflightSeverity.Blocker, survey.Source, $"The tower cannot be used. {verdict.Reason}");
            yield break;
        }

        if (survey.Target.Tower.Value is not { } leftover)
        {
            // None there is what is wanted; one that could not be read is not.
            if (survey.Target.Tower.Call.Failure != CallFailure.TowerMissing)
            {
                yield return Finding(PreflightSeverity.Blocker, survey.Target, $"Whether a tower is left over could not be seen: {survey.Target.Tower.Call}.");
            }

            yield break;
        }

        var held = TowerVerification.Check(leftover, pair.StakedIdentity);
        if (held.Tower?.LastVotedSlot > verdict.Tower.LastVotedSlot)
        {
            yield return Finding(
                PreflightSeverity.Blocker,
                survey.Target,
                $"Its tower ends with slot {held.Tower?.LastVotedSlot}, after the source's ({verdict.Tower.LastVotedSlot}): the target has voted since. Find out which tower is right before anything is moved.");
        }
        else
        {
            yield return Finding(PreflightSeverity.Note, survey.Target, $"A tower is left over ({held}). It will be moved aside.");
        }
    }

    private PreflightFinding Finding(PreflightSeverity severity, NodeSurvey node, string message) =>
        new() { Code = Code, Severity = severity, Node = node.Name, Message = message };
}
