using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Protocol;

/// <summary>
/// Decides what comes next in a switchover, from what is known and from nothing else. No I/O, no clock, no log: whoever asks twice
/// with the same state gets the same move.
/// </summary>
internal static class SwitchoverProtocol
{
    /// <summary>
    /// How often a node may refuse a step whose failure leaves nobody in danger; after that a person is told. One that cannot be reached is asked
    /// until the time is used up, and once in any case.
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

    /// <summary>Up to the promotion: each step once; the first that is not done turns the way around.</summary>
    private static SwitchoverMove Toward(SwitchoverState state) =>
        !state.PreflightPassed ? SwitchoverMove.Take(SwitchoverStep.Preflight)

        // The locks are not kept while a window is waited for, which may take an hour. After the wait the arming looks at everything anew.
        : !state.WindowOpen ? SwitchoverMove.Take(state.LocksHeld == false ? SwitchoverStep.RestartWindow : SwitchoverStep.Release)
        : !state.Armed ? SwitchoverMove.Take(SwitchoverStep.Arm)
        : state.SourceLink != IdentityRole.Unstaked && state.Rules.MovesSourceLinkFirst ? SwitchoverMove.Take(SwitchoverStep.MoveSourceLink)

        // A seal that follows a fence that was refused does no harm: the source stops voting until the way back has given its voters
        // back to it. That is why the three can be sent together.
        : !state.FinalTowerInHand ? SwitchoverMove.Take(SwitchoverStep.Fence, SwitchoverStep.AwaitLastVote, SwitchoverStep.Seal)

        // A promotion that follows a delivery that failed is refused by the target: it compares the tower in its folder with the
        // one that is named to it.
        : SwitchoverMove.Take(SwitchoverStep.Deliver, SwitchoverStep.Promote);

    /// <summary>After the promotion: forward only. What cannot be done is named in the result.</summary>
    private static SwitchoverMove Forward(SwitchoverState state) =>

        // Not by this switchover: a person, or another program, has promoted the target. Whatever is done now may be the wrong thing.
        state.Promotion is null ? SwitchoverMove.Finish(SwitchoverOutcome.Indeterminate)
        : state.TargetVoters != true && MayTry(state, SwitchoverStep.UnsealTarget) ? SwitchoverMove.Take(SwitchoverStep.UnsealTarget)
        : state.TargetLink != IdentityRole.Staked && MayTry(state, SwitchoverStep.MoveTargetLink) ? SwitchoverMove.Take(SwitchoverStep.MoveTargetLink)

        // A lost node is not waited for, and not asked twice: what is still to be done there is owed.
        : state.Takeover is null && state.SourceLink != IdentityRole.Unstaked && MayTry(state, SwitchoverStep.MoveSourceLink) ? SwitchoverMove.Take(SwitchoverStep.MoveSourceLink)
        : !state.Verified && MayTry(state, SwitchoverStep.Verify, refusalsTaken: 1) ? SwitchoverMove.Take(SwitchoverStep.Verify)
        : !state.PromotionWasLost && !state.Tidied && MayTry(state, SwitchoverStep.Tidy) && !(state.Takeover is not null && state.Tried.Contains(SwitchoverStep.Tidy)) ? SwitchoverMove.Take(SwitchoverStep.Tidy)

        // Last of all, so that what is said is so when it is said.
        : !state.PromotionWasLost && state.LastLook is null && state.Rules.LooksAtTheEnd ? SwitchoverMove.Take(SwitchoverStep.SeeTargetVote)
        : SwitchoverMove.Finish(state is { Verified: true, TargetVoters: true } && (state.LastLook is { IsDone: true } || !state.Rules.LooksAtTheEnd) ? SwitchoverOutcome.Completed : SwitchoverOutcome.Indeterminate);

    /// <summary>
    /// Before the promotion is known to be done: first the target is ruled out as a voter, then the source gets back what was taken,
    /// then what was laid out on the target is cleared away.
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
            // Each of its steps was refused too often to be asked again.
            return SwitchoverMove.Finish(SwitchoverOutcome.Indeterminate);
        }

        // Without the locks nothing on the target is ours to clear away: it may be in the middle of another coordinator's switchover.
        return state is { Armed: true, TargetCleared: false } && MayTry(state, SwitchoverStep.ClearTarget) ? SwitchoverMove.Take(SwitchoverStep.ClearTarget)
            : state.Setback.Step is SwitchoverStep.Arm or SwitchoverStep.Release ? Leave(state, state.VotersMayComeLate ? SwitchoverOutcome.Indeterminate : SwitchoverOutcome.Refused)
            : Undone(state);
    }

    /// <summary>The end of a way back on which the source was given back what was taken: a vote of it is waited for, and without one it is not said to vote.</summary>
    internal static SwitchoverMove Undone(SwitchoverState state) =>
        state is { LastLook: null, IdentityBefore: IdentityRole.Staked } ? SwitchoverMove.Take(SwitchoverStep.SeeSourceVote)
        : Leave(state, state.LastLook?.IsDone != false ? SwitchoverOutcome.Undone : SwitchoverOutcome.Indeterminate);

    /// <summary>The end, once the locks are released.</summary>
    internal static SwitchoverMove Leave(SwitchoverState state, SwitchoverOutcome outcome) =>
        state.LocksHeld != false && MayTry(state, SwitchoverStep.Release) ? SwitchoverMove.Take(SwitchoverStep.Release) : SwitchoverMove.Finish(outcome);

    /// <summary>The next step that rules the target out as a voter; null if it is.</summary>
    internal static SwitchoverStep? RuleOutTarget(SwitchoverState state) =>

        // A promotion of an earlier run may still come there.
        state.TargetIsToBeSealedAgain ? SwitchoverStep.SealTarget

        // Nothing was sent to the target. It is looked at all the same, once, before the source is given its vote back.
        : state.Promotion is null ? state.Armed && !state.Tried.Contains(SwitchoverStep.LookAtTarget) ? SwitchoverStep.LookAtTarget : null
        : state.IsTargetHarmless ? null
        : state.TargetIdentity is null ? SwitchoverStep.LookAtTarget

        // The promotion was sent, no answer came, and the target does not run the staked identity now. It may yet take it: so it is
        // sealed before the source is given its vote back, looked at again, and only then demoted. Had it taken the
        // identity in between, it may have voted, and the way is forward.
        : state.TargetVoters != false ? SwitchoverStep.SealTarget
        : SwitchoverStep.DemoteTarget;

    /// <summary>The first of what was taken that can still be given back: one that is refused again and again does not stand before the others.</summary>
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
