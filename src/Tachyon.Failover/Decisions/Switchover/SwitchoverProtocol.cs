namespace Tachyon.Failover.Decisions;

/// <summary>
/// Decides the next move of a switchover from its state alone. No I/O, no clock, no log: the same state always gives the same move.
/// </summary>
internal static class SwitchoverProtocol
{
    /// <summary>
    /// How often a node may refuse a step whose failure is not dangerous. After that the operator is told. An unreachable node is tried
    /// until the time is used up, and at least once.
    /// </summary>
    public const int RefusalsTaken = 3;

    /// <summary>The next move.</summary>
    public static NextMove Next(RunState state) =>
        state.LockWasLost ? NextMove.Finish(FailoverOutcome.Indeterminate)
        : state.IsRecovery ? RecoveryProtocol.Next(state)
        : state.IsCommitted ? Forward(state)
        : state.FirstFailure is null ? state.Takeover is { } takeover ? TakeoverProtocol.Toward(state, takeover) : Toward(state)
        : state.Takeover is not null ? TakeoverProtocol.Back(state)
        : Back(state);

    /// <summary>Up to the promotion each step is tried once. The first that is not done starts the rollback.</summary>
    private static NextMove Toward(RunState state) =>
        !state.PreflightPassed ? NextMove.Take(FailoverStep.Preflight)

        // The locks are released while the run waits for a window, which may take an hour. After the wait the arming checks everything again.
        : !state.WindowOpen ? NextMove.Take(state.LocksHeld == false ? FailoverStep.AwaitRestartWindow : FailoverStep.ReleaseLocks)
        : !state.Armed ? NextMove.Take(FailoverStep.Prepare)
        : state.SourceLink != IdentityRole.Unstaked ? NextMove.Take(FailoverStep.MoveSourceLink)

        // A seal after a refused demotion does no harm: the source stops voting until the rollback adds its voters again.
        // So the three steps can be sent together.
        : !state.FinalTowerInHand ? NextMove.Take(FailoverStep.DemoteSource, FailoverStep.AwaitLastVote, FailoverStep.SealSource)

        // A promotion after a failed delivery is refused by the target: it compares the tower in its folder with the digest in the call.
        : NextMove.Take(FailoverStep.DeliverTower, FailoverStep.PromoteTarget);

    /// <summary>After the promotion: forward only. The result names what cannot be done.</summary>
    private static NextMove Forward(RunState state) =>

        // An operator or another program has promoted the target, not this switchover. Any further step could be wrong.
        state.Promotion is null ? NextMove.Finish(FailoverOutcome.Indeterminate)
        : state.TargetVoters != true && MayTry(state, FailoverStep.UnsealTarget) ? NextMove.Take(FailoverStep.UnsealTarget)
        : state.TargetLink != IdentityRole.Staked && MayTry(state, FailoverStep.MoveTargetLink) ? NextMove.Take(FailoverStep.MoveTargetLink)

        // A lost node is not waited for, and not asked twice: what is still to be done there stays pending.
        : state.Takeover is null && state.SourceLink != IdentityRole.Unstaked && MayTry(state, FailoverStep.MoveSourceLink) ? NextMove.Take(FailoverStep.MoveSourceLink)
        : !state.Verified && MayTry(state, FailoverStep.Verify, refusalsTaken: 1) ? NextMove.Take(FailoverStep.Verify)

        // The clean-up waits for blocks that the source replays, and the last probe for a new vote: they wait side by side.
        : !state.PromotionWasLost && !state.Tidied && MayTry(state, FailoverStep.CleanUp) && !(state.Takeover is not null && state.Tried.Contains(FailoverStep.CleanUp))
            ? state.LastProbe is null ? NextMove.Take(FailoverStep.CleanUp, FailoverStep.SeeTargetVote) : NextMove.Take(FailoverStep.CleanUp)

        // The last step, so that the result is true when it is returned. A probe that has become old meanwhile is repeated.
        : !state.PromotionWasLost && state.LastProbe is null ? NextMove.Take(FailoverStep.SeeTargetVote)
        : NextMove.Finish(state is { Verified: true, TargetVoters: true, LastProbe.IsDone: true } ? FailoverOutcome.Completed : FailoverOutcome.Indeterminate);

    /// <summary>
    /// Before the promotion is known to be done: first the target is ruled out as a voter, then the source is restored,
    /// then what was put on the target is removed.
    /// </summary>
    private static NextMove Back(RunState state)
    {
        if (state.FirstFailure!.Step is FailoverStep.Preflight or FailoverStep.AwaitRestartWindow)
        {
            return NextMove.Finish(FailoverOutcome.Refused);
        }

        var next = RuleOutTarget(state) ?? RestoreSource(state);
        if (next is { } step)
        {
            return state.OutOfTime ? NextMove.Finish(FailoverOutcome.Indeterminate) : NextMove.Take(step);
        }

        if (!IsSourceRestored(state))
        {
            // Each step was refused too often to be tried again.
            return NextMove.Finish(FailoverOutcome.Indeterminate);
        }

        // Without the locks nothing on the target may be removed: another coordinator's switchover may be running there.
        return state is { Armed: true, TargetCleared: false } && MayTry(state, FailoverStep.MoveOtherTowerAside) ? NextMove.Take(FailoverStep.MoveOtherTowerAside)
            : state.FirstFailure.Step is FailoverStep.Prepare or FailoverStep.ReleaseLocks ? Leave(state, state.VotersMayComeLate ? FailoverOutcome.Indeterminate : FailoverOutcome.Refused)
            : RolledBack(state);
    }

    /// <summary>The end of a rollback that restored the source: it waits for a vote of the source. Without one the result does not say that it votes.</summary>
    internal static NextMove RolledBack(RunState state) =>
        state is { LastProbe: null, IdentityBefore: IdentityRole.Staked } ? NextMove.Take(FailoverStep.SeeKeeperVote)
        : Leave(state, state.LastProbe?.IsDone != false ? FailoverOutcome.RolledBack : FailoverOutcome.Indeterminate);

    /// <summary>The end, after the locks are released.</summary>
    internal static NextMove Leave(RunState state, FailoverOutcome outcome) =>
        state.LocksHeld != false && MayTry(state, FailoverStep.ReleaseLocks) ? NextMove.Take(FailoverStep.ReleaseLocks) : NextMove.Finish(outcome);

    /// <summary>The next step that rules the target out as a voter; null if it is ruled out.</summary>
    internal static FailoverStep? RuleOutTarget(RunState state) =>

        // A promotion of an earlier run may still arrive there.
        state.TargetIsToBeSealedAgain ? FailoverStep.SealOther

        // Nothing was sent to the target. It is still probed once before the source may vote again.
        : state.Promotion is null ? state.Armed && !state.Tried.Contains(FailoverStep.ProbeOther) ? FailoverStep.ProbeOther : null
        : state.IsTargetHarmless ? null
        : state.TargetIdentity is null ? FailoverStep.ProbeOther

        // The promotion was sent, no answer came, and the target does not run the staked identity now. It may still take it. So it is sealed before
        // the source may vote again, probed again, and only then demoted. If it took the identity in between, it may have voted,
        // and the run continues forward.
        : state.TargetVoters != false ? FailoverStep.SealOther
        : FailoverStep.DemoteOther;

    /// <summary>The first part of the source that can still be restored. A step that is refused again and again does not block the others.</summary>
    internal static FailoverStep? RestoreSource(RunState state) =>
        state.SourceVoters != true && IsWorthAsking(state, FailoverStep.ReturnKeeperVoters) ? FailoverStep.ReturnKeeperVoters
        : state.SourceLink != state.LinkBefore && IsWorthAsking(state, FailoverStep.MoveKeeperLink) ? FailoverStep.MoveKeeperLink
        : state.FenceMayComeLate && IsWorthAsking(state, FailoverStep.PromoteKeeper) ? FailoverStep.PromoteKeeper
        : state.SourceIdentity is null && IsWorthAsking(state, FailoverStep.ProbeKeeper) ? FailoverStep.ProbeKeeper
        : state is { SourceIdentity: IdentityRole.Unstaked, IdentityBefore: IdentityRole.Staked } && IsWorthAsking(state, FailoverStep.PromoteKeeper) ? FailoverStep.PromoteKeeper
        : null;

    internal static bool IsSourceRestored(RunState state) =>
        state is { SourceVoters: true, FenceMayComeLate: false } && state.SourceLink == state.LinkBefore && state.SourceIdentity == state.IdentityBefore;

    internal static bool IsWorthAsking(RunState state, FailoverStep step) => state.Refusals.GetValueOrDefault(step) < RefusalsTaken;

    internal static bool MayTry(RunState state, FailoverStep step, int refusalsTaken = RefusalsTaken) =>
        state.Refusals.GetValueOrDefault(step) < refusalsTaken && !(state.OutOfTime && state.Tried.Contains(step));
}
