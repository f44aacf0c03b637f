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
        ulong? newest = null;
        if (survey.Source.Tower.Value is not { } file)
        {
            yield return Finding(PreflightSeverity.Blocker, survey.Source, $"The tower could not be read: {survey.Source.Tower.Call}. A source that votes has one; see --tower of its start script.");
        }
        else if (TowerVerification.Check(file, pair.StakedIdentity) is { IsUsable: false } refused)
        {
            yield return Finding(PreflightSeverity.Blocker, survey.Source, $"The tower cannot be used. {refused.Reason}");
        }
        else
        {
            newest = TowerVerification.Check(file, pair.StakedIdentity).Tower?.LastVotedSlot;
        }

        if (survey.Target.Tower.Value is { } leftover)
        {
            yield return LookAtLeftover(survey.Target, TowerVerification.Check(leftover, pair.StakedIdentity), newest);
        }
        else if (survey.Target.Tower.Call.Failure != CallFailure.TowerMissing)
        {
            // None there is what is wanted; one that could not be read is not.
            yield return Finding(PreflightSeverity.Blocker, survey.Target, $"Whether a tower is left over could not be seen: {survey.Target.Tower.Call}.");
        }
    }

    private PreflightFinding LookAtLeftover(NodeSurvey target, TowerVerdict leftover, ulong? newest) => leftover.Tower?.LastVotedSlot > newest
        ? Finding(
            PreflightSeverity.Blocker,
            target,
            $"Its tower ends with slot {leftover.Tower?.LastVotedSlot}, after the source's ({newest}): the target has voted since. Find out which tower is right before anything is moved.",
            PreflightFinding.Recover)
        : Finding(PreflightSeverity.Note, target, $"A tower is left over ({leftover}). It will be moved aside.");

    private PreflightFinding Finding(PreflightSeverity severity, NodeSurvey node, string message, string? remedy = null) =>
        new() { Code = Code, Severity = severity, Node = node.Name, Message = message, Remedy = remedy };
}
