using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Protocol;

/// <summary>
/// Decides the next step of a recovery: look, then execute the rollback of a switchover with the keeper as its source, until a look shows that it votes.
/// After an unexpected result it looks again. It remembers nothing that a look can show.
/// </summary>
internal static class RecoveryProtocol
{
    /// <summary>The next move.</summary>
    public static SwitchoverMove Next(SwitchoverState state)
    {
        if (state is { HasChangedNothing: true, Setback.Result.Failure: CallFailure.Cancelled })
        {
            return SwitchoverProtocol.Leave(state, SwitchoverOutcome.Refused);
        }

        if (!state.Tried.Contains(SwitchoverStep.Lock))
        {
            return SwitchoverMove.Take(SwitchoverStep.Lock);
        }

        if (!state.Armed)
        {
            // Without both locks nothing is changed, but the diagnosis is still reported.
            return !state.Tried.Contains(SwitchoverStep.Diagnose) ? SwitchoverMove.Take(SwitchoverStep.Diagnose)
                : SwitchoverProtocol.Leave(state, state.Setback?.Result.Failure == CallFailure.LockHeld ? SwitchoverOutcome.Refused : SwitchoverOutcome.Indeterminate);
        }

        return state is { MovesLinkFirst: true, Verdict: not null } && !state.Tried.Contains(SwitchoverStep.RestoreTargetLink) ? SwitchoverMove.Take(SwitchoverStep.RestoreTargetLink)
            : state.Verdict is null or { MayChange: true } ? WhileThereIsTime(state, SwitchoverStep.Diagnose)
            : state.Verdict.Keeper is null ? SwitchoverProtocol.Leave(state, state.Verdict.Refusal is not null && state.HasChangedNothing ? SwitchoverOutcome.Refused : SwitchoverOutcome.Indeterminate)
            : Settle(state, state.Verdict);
    }

    private static SwitchoverMove Settle(SwitchoverState state, PairVerdict verdict)
    {
        var next = RuleOutOther(state) ?? (IsOtherRuledOut(state) ? SwitchoverProtocol.RestoreSource(state) : null);
        if (next is { } step)
        {
            return WhileThereIsTime(state, step);
        }

        // The remaining steps were refused too often to be tried again.
        return !IsOtherRuledOut(state) || !SwitchoverProtocol.IsSourceRestored(state) ? SwitchoverProtocol.Leave(state, SwitchoverOutcome.Indeterminate)
            : !verdict.KeeperVotes ? WhileThereIsTime(state, SwitchoverStep.Diagnose)
            : !state.TargetCleared && SwitchoverProtocol.MayTry(state, SwitchoverStep.ClearTarget) ? SwitchoverMove.Take(SwitchoverStep.ClearTarget)
            : OwesVoters(state) && SwitchoverProtocol.MayTry(state, SwitchoverStep.ReturnVoters) ? SwitchoverMove.Take(SwitchoverStep.ReturnVoters)

            // The look that found it voting is older than the later changes.
            : !state.HasChangedNothing && state.LastLook is null ? SwitchoverMove.Take(SwitchoverStep.SeeSourceVote)
            : SwitchoverProtocol.Leave(state, state.IsTurned ? SwitchoverOutcome.Completed : SwitchoverOutcome.Undone);
    }

    /// <summary>
    /// Rules out the other node as in every rollback, but moves its link first, so that a restart does not make it a second voter.
    /// A node that runs the staked identity is sealed before that: it may begin to vote at any moment.
    /// </summary>
    private static SwitchoverStep? RuleOutOther(SwitchoverState state)
    {
        // A node with a pending demotion may hang or be starting: its link is moved without waiting for an answer.
        var maySeal = state is { TargetIsDown: false, TargetIsOwed: false, TargetIdentity: IdentityRole.Staked, TargetVoters: not false };
        return !maySeal && state.TargetLink != IdentityRole.Unstaked && SwitchoverProtocol.IsWorthAsking(state, SwitchoverStep.RestoreTargetLink)
            ? SwitchoverStep.RestoreTargetLink
            : state.TargetIsDown ? null
            : MustBeStopped(state) ? SwitchoverStep.StopTarget
            : SwitchoverProtocol.RuleOutTarget(state);
    }

    // A validator that does not report its identity, or rejects the seal and the demotion, may hang or be starting. Its link was moved before.
    internal static bool MustBeStopped(SwitchoverState state) =>
        state is { TargetIsOwed: true, MayStopTarget: true, TargetLink: IdentityRole.Unstaked, IsTargetHarmless: false }
        && !state.Tried.Contains(SwitchoverStep.StopTarget)
        && ((SwitchoverStep[])[SwitchoverStep.LookAtTarget, SwitchoverStep.SealTarget, SwitchoverStep.DemoteTarget]).Any(step => state.Failed.Contains(step));

    private static bool IsOtherRuledOut(SwitchoverState state) => state is { IsTargetHarmless: true, TargetLink: IdentityRole.Unstaked };

    // As after a switchover: the former source gets its voters back, which a switchover back needs. A target that was sealed in a
    // rollback stays sealed.
    private static bool OwesVoters(SwitchoverState state) =>
        state is { IsTurned: true, TargetIsDown: false, TargetMayTakeIdentity: false, TargetStaysSealed: false, VotersReturned: false };

    // A step that a look has decided is tried at least once: the look may have used up the time.
    private static SwitchoverMove WhileThereIsTime(SwitchoverState state, SwitchoverStep step) =>
        state.OutOfTime && (step == SwitchoverStep.Diagnose || state.Tried.Contains(step)) ? SwitchoverProtocol.Leave(state, SwitchoverOutcome.Indeterminate) : SwitchoverMove.Take(step);
}
