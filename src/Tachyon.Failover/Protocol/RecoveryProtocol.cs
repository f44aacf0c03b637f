using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Protocol;

/// <summary>
/// Decides what comes next in a recovery: look, and go the way back of a switchover with the node that is to keep the identity as its source, until
/// a look shows that it votes. Whatever comes otherwise than expected is looked at again; nothing is remembered that a look can tell.
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
            // Nothing is changed without both locks, but what can be seen is said.
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

        // What is left was refused too often to be asked again.
        return !IsOtherRuledOut(state) || !SwitchoverProtocol.IsSourceRestored(state) ? SwitchoverProtocol.Leave(state, SwitchoverOutcome.Indeterminate)
            : !verdict.KeeperVotes ? WhileThereIsTime(state, SwitchoverStep.Diagnose)
            : !state.TargetCleared && SwitchoverProtocol.MayTry(state, SwitchoverStep.ClearTarget) ? SwitchoverMove.Take(SwitchoverStep.ClearTarget)
            : OwesVoters(state) && SwitchoverProtocol.MayTry(state, SwitchoverStep.ReturnVoters) ? SwitchoverMove.Take(SwitchoverStep.ReturnVoters)

            // The look that found it voting is older than what was changed since.
            : !state.HasChangedNothing && state.LastLook is null ? SwitchoverMove.Take(SwitchoverStep.SeeSourceVote)
            : SwitchoverProtocol.Leave(state, state.IsTurned ? SwitchoverOutcome.Completed : SwitchoverOutcome.Undone);
    }

    /// <summary>
    /// As on every way back, and before it the link, which could bring the other node back as a second voter. One that runs the staked
    /// identity is sealed before that: it may begin to vote at any moment.
    /// </summary>
    private static SwitchoverStep? RuleOutOther(SwitchoverState state)
    {
        // One that is owed may hang, or be in its start: its link does not wait for an answer of it.
        var maySeal = state is { TargetIsDown: false, TargetIsOwed: false, TargetIdentity: IdentityRole.Staked, TargetVoters: not false };
        return !maySeal && state.TargetLink != IdentityRole.Unstaked && SwitchoverProtocol.IsWorthAsking(state, SwitchoverStep.RestoreTargetLink)
            ? SwitchoverStep.RestoreTargetLink
            : state.TargetIsDown ? null
            : MustBeStopped(state) ? SwitchoverStep.StopTarget
            : SwitchoverProtocol.RuleOutTarget(state);
    }

    // One that does not say who it is, or does not let itself be sealed and demoted, may be hung or in its start. Its link has been moved by then.
    internal static bool MustBeStopped(SwitchoverState state) =>
        state is { TargetIsOwed: true, MayStopTarget: true, TargetLink: IdentityRole.Unstaked, IsTargetHarmless: false }
        && !state.Tried.Contains(SwitchoverStep.StopTarget)
        && ((SwitchoverStep[])[SwitchoverStep.LookAtTarget, SwitchoverStep.SealTarget, SwitchoverStep.DemoteTarget]).Any(step => state.Failed.Contains(step));

    private static bool IsOtherRuledOut(SwitchoverState state) => state is { IsTargetHarmless: true, TargetLink: IdentityRole.Unstaked };

    // As after a switchover: the source that gave the identity away gets its voters back, which it needs for the way back. A target that was sealed on
    // the way back stays so.
    private static bool OwesVoters(SwitchoverState state) =>
        state is { IsTurned: true, TargetIsDown: false, TargetMayTakeIdentity: false, TargetStaysSealed: false, VotersReturned: false };

    // What a look has decided is tried once at least: the look may have taken all the time.
    private static SwitchoverMove WhileThereIsTime(SwitchoverState state, SwitchoverStep step) =>
        state.OutOfTime && (step == SwitchoverStep.Diagnose || state.Tried.Contains(step)) ? SwitchoverProtocol.Leave(state, SwitchoverOutcome.Indeterminate) : SwitchoverMove.Take(step);
}
