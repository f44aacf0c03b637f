namespace Tachyon.Failover.Decisions;

/// <summary>
/// Decides the next step of a takeover up to its promotion: assess, fence what can be reached, find a tower, assess again, promote. After the promotion the switchover's rules apply.
/// Each action on the lost node is tried once. A failure is recorded as evidence. It does not stop the takeover.
/// </summary>
internal static class TakeoverProtocol
{
    /// <summary>The actions on the lost node, in this order. First its link, so that a restart does not reverse the rest. Then its voters, which its validator removes between two rounds of voting.</summary>
    private static readonly FailoverStep[] OverItsShell = [FailoverStep.MoveSourceLink, FailoverStep.SealSource, FailoverStep.DemoteSource];

    /// <summary>Whether a failure of the step is only evidence about the lost node, and does not stop the takeover.</summary>
    public static bool MayFail(FailoverStep step) => StepTable.Of(step).Failure == StepFailure.IsEvidence;

    /// <summary>The next move before the promotion, while nothing has failed.</summary>
    public static NextMove Toward(RunState state, TakeoverFacts takeover)
    {
        if (!state.PreflightPassed)
        {
            return NextMove.Take(FailoverStep.Preflight);
        }

        if (takeover.Evidence is not { } evidence)
        {
            return NextMove.Take(FailoverStep.AssessEvidence);
        }

        if (!state.Armed)
        {
            return NextMove.Take(FailoverStep.Prepare);
        }

        if (NextOnSource(state, takeover, evidence) is { } step)
        {
            return NextMove.Take(step);
        }

        // A tower from the seal is final. Any other is looked for after all actions on the node, when no vote can be added to it.
        return !state.FinalTowerInHand ? NextMove.Take(FailoverStep.ChooseTower)
            : !takeover.IsFresh ? NextMove.Take(FailoverStep.AssessEvidence)
            : NextMove.Take(FailoverStep.DeliverTower, FailoverStep.PromoteTarget);
    }

    /// <summary>
    /// Whether an assessment starts the rollback: the first one if the grade cannot be reached, so that nothing is touched; and the last one if the grade is not reached.
    /// </summary>
    public static bool IsTurnedAround(RunState state, TakeoverFacts takeover) =>
        takeover is { IsFresh: true, Evidence: { } evidence }
        && (state.Armed ? !takeover.IsEnough && state.FinalTowerInHand && NextOnSource(state, takeover, evidence) is null : !evidence.MayReach);

    /// <summary>
    /// The rollback: the target is ruled out as a voter, and the lost node is restored. If that does not answer, the operator decides.
    /// A stopped node, without a probe that contradicts this, stays as it is: with its link on the staked keypair it would start beside the next target.
    /// </summary>
    public static NextMove Back(RunState state)
    {
        if (!state.Armed && state.HasChangedNothing)
        {
            return SwitchoverProtocol.Leave(state, FailoverOutcome.Refused);
        }

        var isLeftStopped = state is { SourceIsDown: true, Takeover.Evidence.IsShown: false };
        var next = SwitchoverProtocol.RuleOutTarget(state) ?? (HasTaken(state) && !isLeftStopped ? SwitchoverProtocol.RestoreSource(state) : null);
        if (next is { } step)
        {
            return state.OutOfTime ? SwitchoverProtocol.Leave(state, FailoverOutcome.Indeterminate) : NextMove.Take(step);
        }

        return HasTaken(state) && !SwitchoverProtocol.IsSourceRestored(state) ? SwitchoverProtocol.Leave(state, FailoverOutcome.Indeterminate)
            : state is { Armed: true, TargetCleared: false } && SwitchoverProtocol.MayTry(state, FailoverStep.MoveOtherTowerAside) ? NextMove.Take(FailoverStep.MoveOtherTowerAside)
            : HasTaken(state) ? SwitchoverProtocol.RolledBack(state)
            : SwitchoverProtocol.Leave(state, state.VotersMayComeLate ? FailoverOutcome.Indeterminate : FailoverOutcome.Refused);
    }

    /// <summary>Whether the lost node is known to be an inactive one. Then nothing is pending.</summary>
    public static bool IsSettled(RunState state) =>
        state is { SourceLink: IdentityRole.Unstaked, Tidied: true } && (state.SourceIdentity == IdentityRole.Unstaked || state.SourceIsDown);

    private static FailoverStep? NextOnSource(RunState state, TakeoverFacts takeover, EvidenceFacts evidence)
    {
        if (evidence.SourceAnswers)
        {
            foreach (var step in OverItsShell)
            {
                if (!state.Tried.Contains(step))
                {
                    return step;
                }
            }

            // Demoted and sealed, it no longer votes. Stopped with a link that could not be moved, it might start with the staked identity.
            var isDemoted = state is { SourceIdentity: IdentityRole.Unstaked, SourceVoters: false };
            if (!isDemoted && takeover.AllowStop && !state.Tried.Contains(FailoverStep.StopSource))
            {
                return FailoverStep.StopSource;
            }
        }

        // From outside only if the newest assessment, after all actions over the shell, still requires it.
        return !takeover.HasFence || state.Tried.Contains(FailoverStep.FenceSource) ? null
            : !takeover.IsFresh ? FailoverStep.AssessEvidence
            : takeover.IsEnough ? null
            : FailoverStep.FenceSource;
    }

    /// <summary>Whether anything was tried on the lost node.</summary>
    internal static bool HasTaken(RunState state) => state.Tried.Any(MayFail);
}
