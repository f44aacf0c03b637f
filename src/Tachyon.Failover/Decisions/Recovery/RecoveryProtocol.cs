namespace Tachyon.Failover.Decisions;

/// <summary>
/// Decides the next step of a recovery: probe, then execute the rollback of a switchover with the keeper as its source, until a probe shows that it votes.
/// After an unexpected result it probes again. It remembers nothing that a probe can show.
/// </summary>
internal static class RecoveryProtocol
{
    /// <summary>The next move.</summary>
    public static NextMove Next(RunState state)
    {
        if (state is { HasChangedNothing: true, FirstFailure.Result.Failure: CallFailure.Canceled })
        {
            return SwitchoverProtocol.Leave(state, FailoverOutcome.Refused);
        }

        if (!state.Tried.Contains(FailoverStep.TakeLocks))
        {
            return NextMove.Take(FailoverStep.TakeLocks);
        }

        if (!state.Armed)
        {
            // Without both locks nothing is changed, but the diagnosis is still reported.
            return !state.Tried.Contains(FailoverStep.Diagnose) ? NextMove.Take(FailoverStep.Diagnose)
                : SwitchoverProtocol.Leave(state, state.FirstFailure?.Result.Failure == CallFailure.LockHeld ? FailoverOutcome.Refused : FailoverOutcome.Indeterminate);
        }

        return state.Recovery is { MovesOtherLinkFirst: true, Verdict: not null } && !state.Tried.Contains(FailoverStep.MoveOtherLink) ? NextMove.Take(FailoverStep.MoveOtherLink)
            : state.Verdict is null or { MayChange: true } ? WhileThereIsTime(state, FailoverStep.Diagnose)
            : state.Verdict.Keeper is null ? SwitchoverProtocol.Leave(state, state.Verdict.Refusal is not null && state.HasChangedNothing ? FailoverOutcome.Refused : FailoverOutcome.Indeterminate)
            : Settle(state, state.Verdict);
    }

    private static NextMove Settle(RunState state, PairVerdict verdict)
    {
        var next = RuleOutOther(state) ?? (IsOtherRuledOut(state) ? SwitchoverProtocol.RestoreSource(state) : null);
        if (next is { } step)
        {
            return WhileThereIsTime(state, step);
        }

        // The remaining steps were refused too often to be tried again.
        return !IsOtherRuledOut(state) || !SwitchoverProtocol.IsSourceRestored(state) ? SwitchoverProtocol.Leave(state, FailoverOutcome.Indeterminate)
            : !verdict.KeeperVotes ? WhileThereIsTime(state, FailoverStep.Diagnose)
            : !state.TargetCleared && SwitchoverProtocol.MayTry(state, FailoverStep.MoveOtherTowerAside) ? NextMove.Take(FailoverStep.MoveOtherTowerAside)
            : OwesVoters(state) && SwitchoverProtocol.MayTry(state, FailoverStep.ReturnOtherVoters) ? NextMove.Take(FailoverStep.ReturnOtherVoters)

            // The look that found it voting is older than the later changes.
            : !state.HasChangedNothing && state.LastProbe is null ? NextMove.Take(FailoverStep.SeeKeeperVote)
            : SwitchoverProtocol.Leave(state, state.IsTurned ? FailoverOutcome.Completed : FailoverOutcome.RolledBack);
    }

    /// <summary>
    /// Rules out the other node as in every rollback, but moves its link first, so that a restart does not make it a second voter.
    /// A node that runs the staked identity is sealed before that: it may begin to vote at any moment.
    /// </summary>
    private static FailoverStep? RuleOutOther(RunState state)
    {
        // A node with a pending demotion may hang or be starting: its link is moved without waiting for an answer.
        var maySeal = state is { Recovery: { OtherIsDown: false, OtherHasPendingDemotion: false }, TargetIdentity: IdentityRole.Staked, TargetVoters: not false };
        return !maySeal && state.TargetLink != IdentityRole.Unstaked && SwitchoverProtocol.IsWorthAsking(state, FailoverStep.MoveOtherLink)
            ? FailoverStep.MoveOtherLink
            : state.TargetIsDown ? null
            : MustBeStopped(state) ? FailoverStep.StopOther
            : SwitchoverProtocol.RuleOutTarget(state);
    }

    // A validator that does not report its identity, or rejects the seal and the demotion, may hang or be starting. Its link was moved before.
    internal static bool MustBeStopped(RunState state) =>
        state is { Recovery: { OtherHasPendingDemotion: true, MayStopOther: true }, TargetLink: IdentityRole.Unstaked, IsTargetHarmless: false }
        && !state.Tried.Contains(FailoverStep.StopOther)
        && ((FailoverStep[])[FailoverStep.ProbeOther, FailoverStep.SealOther, FailoverStep.DemoteOther]).Any(step => state.Failed.Contains(step));

    private static bool IsOtherRuledOut(RunState state) => state is { IsTargetHarmless: true, TargetLink: IdentityRole.Unstaked };

    // As after a switchover: the former source gets its voters back, which a switchover back needs. A target that was sealed in a
    // rollback stays sealed.
    private static bool OwesVoters(RunState state) =>
        state is { IsTurned: true, Recovery: { OtherIsDown: false, OtherMayTakeIdentity: false, OtherStaysSealed: false, OtherVotersReturned: false } };

    // A step that a look has decided is tried at least once: the look may have used up the time.
    private static NextMove WhileThereIsTime(RunState state, FailoverStep step) =>
        state.OutOfTime && (step == FailoverStep.Diagnose || state.Tried.Contains(step)) ? SwitchoverProtocol.Leave(state, FailoverOutcome.Indeterminate) : NextMove.Take(step);
}
