using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Protocol;

/// <summary>
/// Decides what comes next in a takeover up to its promotion: weigh, fence what can be reached, find a tower, weigh again, promote. From the promotion on the way is a switchover's. Whatever
/// is tried on the lost node is tried once, and brings about nothing but evidence: that it failed turns nobody around.
/// </summary>
internal static class TakeoverProtocol
{
    /// <summary>What may be done to the lost node, in this order. Its link first, so that no restart brings it back; then its voters, which its validator takes away between two rounds of voting.</summary>
    private static readonly SwitchoverStep[] OverItsShell = [SwitchoverStep.MoveSourceLink, SwitchoverStep.Seal, SwitchoverStep.Fence];

    /// <summary>Whether a step is one of those whose failure says something of the lost node, and nothing of the takeover.</summary>
    public static bool MayFail(SwitchoverStep step) => step is SwitchoverStep.MoveSourceLink or SwitchoverStep.Seal or SwitchoverStep.Fence or SwitchoverStep.StopSource or SwitchoverStep.PowerOffSource;

    /// <summary>The next move before the promotion, as long as nothing stands against it.</summary>
    public static SwitchoverMove Toward(SwitchoverState state, TakeoverFacts takeover)
    {
        if (!state.PreflightPassed)
        {
            return SwitchoverMove.Take(SwitchoverStep.Preflight);
        }

        if (takeover.Evidence is not { } evidence)
        {
            return SwitchoverMove.Take(SwitchoverStep.Weigh);
        }

        if (!state.Armed)
        {
            return SwitchoverMove.Take(SwitchoverStep.Arm);
        }

        if (NextOnSource(state, takeover, evidence) is { } step)
        {
            return SwitchoverMove.Take(step);
        }

        // A tower that is in hand from the seal is final. Any other is looked for behind all that was done to the node, when no vote is added to it any more.
        return !state.FinalTowerInHand ? SwitchoverMove.Take(SwitchoverStep.TakeTower)
            : !takeover.IsFresh ? SwitchoverMove.Take(SwitchoverStep.Weigh)
            : SwitchoverMove.Take(SwitchoverStep.Deliver, SwitchoverStep.Promote);
    }

    /// <summary>
    /// Whether a weighing turns the way around: the first if nothing can come of it, so that nothing is touched; and the last, behind which there is nothing left to be tried, if it is not enough.
    /// </summary>
    public static bool IsTurnedAround(SwitchoverState state, TakeoverFacts takeover) =>
        takeover is { IsFresh: true, Evidence: { } evidence }
        && (state.Armed ? !takeover.IsEnough && state.FinalTowerInHand && NextOnSource(state, takeover, evidence) is null : !evidence.MayReach);

    /// <summary>
    /// The way back: the target is ruled out as a voter, and a node from which something was taken gets it back; if it does not answer, that is a person's to decide. One that was stopped, and of which
    /// no look has shown that it was not, is left as it is: with its link on the staked keypair it would come back beside the next target.
    /// </summary>
    public static SwitchoverMove Back(SwitchoverState state)
    {
        if (!state.Armed && state.HasChangedNothing)
        {
            return SwitchoverProtocol.Leave(state, SwitchoverOutcome.Refused);
        }

        var isLeftStopped = state is { SourceIsDown: true, Takeover.Evidence.IsShown: false };
        var next = SwitchoverProtocol.RuleOutTarget(state) ?? (HasTaken(state) && !isLeftStopped ? SwitchoverProtocol.RestoreSource(state) : null);
        if (next is { } step)
        {
            return state.OutOfTime ? SwitchoverProtocol.Leave(state, SwitchoverOutcome.Indeterminate) : SwitchoverMove.Take(step);
        }

        return HasTaken(state) && !SwitchoverProtocol.IsSourceRestored(state) ? SwitchoverProtocol.Leave(state, SwitchoverOutcome.Indeterminate)
            : state is { Armed: true, TargetCleared: false } && SwitchoverProtocol.MayTry(state, SwitchoverStep.ClearTarget) ? SwitchoverMove.Take(SwitchoverStep.ClearTarget)
            : HasTaken(state) ? SwitchoverProtocol.Undone(state)
            : SwitchoverProtocol.Leave(state, state.VotersMayComeLate ? SwitchoverOutcome.Indeterminate : SwitchoverOutcome.Refused);
    }

    /// <summary>Whether the lost node is known to be as an inactive one: nothing is owed then.</summary>
    public static bool IsSettled(SwitchoverState state) =>
        state is { SourceLink: IdentityRole.Unstaked, Tidied: true } && (state.SourceIdentity == IdentityRole.Unstaked || state.SourceIsDown);

    private static SwitchoverStep? NextOnSource(SwitchoverState state, TakeoverFacts takeover, EvidenceFacts evidence)
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

            // Demoted and sealed, it votes no more. Stopped with a link that could not be moved it might come back staked, and is no better than before.
            var isDemoted = state is { SourceIdentity: IdentityRole.Unstaked, SourceVoters: false };
            if (!isDemoted && takeover.MayStop && !state.Tried.Contains(SwitchoverStep.StopSource))
            {
                return SwitchoverStep.StopSource;
            }
        }

        // From outside only if the newest weighing, behind all that was tried over the shell, says that it is still needed.
        return !takeover.HasFence || state.Tried.Contains(SwitchoverStep.PowerOffSource) ? null
            : !takeover.IsFresh ? SwitchoverStep.Weigh
            : takeover.IsEnough ? null
            : SwitchoverStep.PowerOffSource;
    }

    /// <summary>Whether anything was tried on the lost node.</summary>
    internal static bool HasTaken(SwitchoverState state) => state.Tried.Any(MayFail);
}
