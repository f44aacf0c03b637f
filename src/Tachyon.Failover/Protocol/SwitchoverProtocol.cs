using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Protocol;

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
    public static SwitchoverMove Next(SwitchoverState state) =>
        state.LockWasLost ? SwitchoverMove.Finish(SwitchoverOutcome.Indeterminate)
        : state.IsRecovery ? RecoveryProtocol.Next(state)
        : state.IsCommitted ? Forward(state)
        : state.Setback is null ? state.Takeover is { } takeover ? TakeoverProtocol.Toward(state, takeover) : Toward(state)
        : state.Takeover is not null ? TakeoverProtocol.Back(state)
        : Back(state);

    /// <summary>Up to the promotion each step is tried once. The first that is not done starts the rollback.</summary>
    private static SwitchoverMove Toward(SwitchoverState state) =>
        !state.PreflightPassed ? SwitchoverMove.Take(SwitchoverStep.Preflight)

        // The locks are released while the run waits for a window, which may take an hour. After the wait the arming checks everything again.
        : !state.WindowOpen ? SwitchoverMove.Take(state.LocksHeld == false ? SwitchoverStep.RestartWindow : SwitchoverStep.Release)
        : !state.Armed ? SwitchoverMove.Take(SwitchoverStep.Arm)
        : state.SourceLink != IdentityRole.Unstaked && state.Rules.MovesSourceLinkFirst ? SwitchoverMove.Take(SwitchoverStep.MoveSourceLink)

        // A seal after a refused demotion does no harm: the source stops voting until the rollback adds its voters again.
        // So the three steps can be sent together.
        : !state.FinalTowerInHand ? SwitchoverMove.Take(SwitchoverStep.Fence, SwitchoverStep.AwaitLastVote, SwitchoverStep.Seal)

        // A promotion after a failed delivery is refused by the target: it compares the tower in its folder with the digest in the call.
        : SwitchoverMove.Take(SwitchoverStep.Deliver, SwitchoverStep.Promote);

    /// <summary>After the promotion: forward only. The result names what cannot be done.</summary>
    private static SwitchoverMove Forward(SwitchoverState state) =>

        // An operator or another program has promoted the target, not this switchover. Any further step could be wrong.
        state.Promotion is null ? SwitchoverMove.Finish(SwitchoverOutcome.Indeterminate)
        : state.TargetVoters != true && MayTry(state, SwitchoverStep.UnsealTarget) ? SwitchoverMove.Take(SwitchoverStep.UnsealTarget)
        : state.TargetLink != IdentityRole.Staked && MayTry(state, SwitchoverStep.MoveTargetLink) ? SwitchoverMove.Take(SwitchoverStep.MoveTargetLink)

        // A lost node is not waited for, and not asked twice: what is still to be done there stays pending.
        : state.Takeover is null && state.SourceLink != IdentityRole.Unstaked && MayTry(state, SwitchoverStep.MoveSourceLink) ? SwitchoverMove.Take(SwitchoverStep.MoveSourceLink)
        : !state.Verified && MayTry(state, SwitchoverStep.Verify, refusalsTaken: 1) ? SwitchoverMove.Take(SwitchoverStep.Verify)
        : !state.PromotionWasLost && !state.Tidied && MayTry(state, SwitchoverStep.Tidy) && !(state.Takeover is not null && state.Tried.Contains(SwitchoverStep.Tidy)) ? SwitchoverMove.Take(SwitchoverStep.Tidy)

        // The last step, so that the result is true when it is returned.
        : !state.PromotionWasLost && state.LastLook is null && state.Rules.LooksAtTheEnd ? SwitchoverMove.Take(SwitchoverStep.SeeTargetVote)
        : SwitchoverMove.Finish(state is { Verified: true, TargetVoters: true } && (state.LastLook is { IsDone: true } || !state.Rules.LooksAtTheEnd) ? SwitchoverOutcome.Completed : SwitchoverOutcome.Indeterminate);

    /// <summary>
    /// Before the promotion is known to be done: first the target is ruled out as a voter, then the source is restored,
    /// then what was put on the target is removed.
    /// </summary>
    private static SwitchoverMove Back(SwitchoverState state)
    {
        if (state.Setback!.Step is SwitchoverStep.Preflight or SwitchoverStep.RestartWindow)
        {
            return SwitchoverMove.Finish(SwitchoverOutcome.Refused);
        }

        var next = RuleOutTarget(state) ?? RestoreSource(state);
        if (next is { } step)
        {
            return state.OutOfTime ? SwitchoverMove.Finish(SwitchoverOutcome.Indeterminate) : SwitchoverMove.Take(step);
        }

        if (!IsSourceRestored(state))
        {
            // Each step was refused too often to be tried again.
            return SwitchoverMove.Finish(SwitchoverOutcome.Indeterminate);
        }

        // Without the locks nothing on the target may be removed: another coordinator's switchover may be running there.
        return state is { Armed: true, TargetCleared: false } && MayTry(state, SwitchoverStep.ClearTarget) ? SwitchoverMove.Take(SwitchoverStep.ClearTarget)
            : state.Setback.Step is SwitchoverStep.Arm or SwitchoverStep.Release ? Leave(state, state.VotersMayComeLate ? SwitchoverOutcome.Indeterminate : SwitchoverOutcome.Refused)
            : Undone(state);
    }

    /// <summary>The end of a rollback that restored the source: it waits for a vote of the source. Without one the result does not say that it votes.</summary>
    internal static SwitchoverMove Undone(SwitchoverState state) =>
        state is { LastLook: null, IdentityBefore: IdentityRole.Staked } ? SwitchoverMove.Take(SwitchoverStep.SeeSourceVote)
        : Leave(state, state.LastLook?.IsDone != false ? SwitchoverOutcome.Undone : SwitchoverOutcome.Indeterminate);

    /// <summary>The end, after the locks are released.</summary>
    internal static SwitchoverMove Leave(SwitchoverState state, SwitchoverOutcome outcome) =>
        state.LocksHeld != false && MayTry(state, SwitchoverStep.Release) ? SwitchoverMove.Take(SwitchoverStep.Release) : SwitchoverMove.Finish(outcome);

    /// <summary>The next step that rules the target out as a voter; null if it is ruled out.</summary>
    internal static SwitchoverStep? RuleOutTarget(SwitchoverState state) =>

        // A promotion of an earlier run may still arrive there.
        state.TargetIsToBeSealedAgain ? SwitchoverStep.SealTarget

        // Nothing was sent to the target. It is still probed once before the source may vote again.
        : state.Promotion is null ? state.Armed && !state.Tried.Contains(SwitchoverStep.LookAtTarget) ? SwitchoverStep.LookAtTarget : null
        : state.IsTargetHarmless ? null
        : state.TargetIdentity is null ? SwitchoverStep.LookAtTarget

        // The promotion was sent, no answer came, and the target does not run the staked identity now. It may still take it. So it is sealed before
        // the source may vote again, probed again, and only then demoted. If it took the identity in between, it may have voted,
        // and the run continues forward.
        : state.TargetVoters != false ? SwitchoverStep.SealTarget
        : SwitchoverStep.DemoteTarget;

    /// <summary>The first part of the source that can still be restored. A step that is refused again and again does not block the others.</summary>
    internal static SwitchoverStep? RestoreSource(SwitchoverState state) =>
        state.SourceVoters != true && IsWorthAsking(state, SwitchoverStep.RestoreVoters) ? SwitchoverStep.RestoreVoters
        : state.SourceLink != state.LinkBefore && IsWorthAsking(state, SwitchoverStep.RestoreLink) ? SwitchoverStep.RestoreLink
        : state.FenceMayComeLate && IsWorthAsking(state, SwitchoverStep.RestoreIdentity) ? SwitchoverStep.RestoreIdentity
        : state.SourceIdentity is null && IsWorthAsking(state, SwitchoverStep.LookAtSource) ? SwitchoverStep.LookAtSource
        : state is { SourceIdentity: IdentityRole.Unstaked, IdentityBefore: IdentityRole.Staked } && IsWorthAsking(state, SwitchoverStep.RestoreIdentity) ? SwitchoverStep.RestoreIdentity
        : null;

    internal static bool IsSourceRestored(SwitchoverState state) =>
        state is { SourceVoters: true, FenceMayComeLate: false } && state.SourceLink == state.LinkBefore && state.SourceIdentity == state.IdentityBefore;

    internal static bool IsWorthAsking(SwitchoverState state, SwitchoverStep step) => state.Refusals.GetValueOrDefault(step) < RefusalsTaken;

    internal static bool MayTry(SwitchoverState state, SwitchoverStep step, int refusalsTaken = RefusalsTaken) =>
        state.Refusals.GetValueOrDefault(step) < refusalsTaken && !(state.OutOfTime && state.Tried.Contains(step));
}
