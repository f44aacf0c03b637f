using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Protocol;

/// <summary>What a look at both nodes says of a recovery's state, and what makes it look again.</summary>
internal static class RecoveryFacts
{
    /// <summary>The state after a look. What the look shows replaces what was believed; only what this run itself did to the other node is kept.</summary>
    public static SwitchoverState FilledIn(this SwitchoverState state, PairFacts facts)
    {
        var verdict = PairVerdict.Of(facts);

        // Until the link of a lost node is moved, the steps are those toward the other one. Nothing is moved where a node is not as the settings say.
        var linkFirst = verdict.Refusal is null ? facts.LinkFirst : null;
        if ((verdict.Keeper ?? OtherThan(linkFirst)) is not { } side)
        {
            return state with { Verdict = verdict, MovesLinkFirst = false };
        }

        var keeper = facts.On(side);
        var other = facts.OtherThan(side);
        return state with
        {
            Verdict = verdict,
            MovesLinkFirst = linkFirst is not null,
            Keeper = side,
            LastLook = null,
            SourceIdentity = keeper.Identity,
            SourceLink = keeper.Link,
            SourceVoters = verdict.KeeperVotes || (keeper.RunsStaked && state.Keeper == side && state.SourceVoters == true) ? true : null,
            FenceMayComeLate = false,
            TargetIdentity = other.Identity,
            TargetLink = other.Link,
            TargetIsDown = other.IsDown || (state.TargetWasStopped && !other.RunsStaked),
            TargetIsOwed = other.IsOwed,
            MayStopTarget = other.MayBeStopped,
            TargetVoters = state.Keeper == side && state.TargetVoters == false ? false : null,
            TargetDemoted = state.Keeper == side && state is { TargetVoters: false, TargetDemoted: true },
            TargetMayTakeIdentity = other.MayTakeIdentity,
            TargetStaysSealed = other.WasLeftSealed,
            TargetCleared = other.HasTower == false,

            // A keeper that has the identity lost it never, or got it back after the other one was ruled out: a look at the other one is
            // enough then. In all other cases a call that nobody knows of any more may be under way there.
            Promotion = other.RunsStaked || other.MayTakeIdentity || !keeper.RunsStaked || (other.IsOwed && !other.IsKnown) ? CallOutcome.Unknown : null,
        };
    }

    /// <summary>The state after a step, without its verdict if that has to be thought over. A switchover has none.</summary>
    public static SwitchoverState Reconsidered(this SwitchoverState state, StepObservation observation) =>
        MustLookAgain(state, observation) ? state with { Verdict = null } : state;

    /// <summary>Whether the link of a node that is owed is moved before its validator is asked anything. One that hangs would take all the time there is, and might wake up.</summary>
    /// <param name="other">The other node.</param>
    /// <param name="link">Where the link of the owed one was seen to point.</param>
    public static bool MovesLinkFirst(NodeFacts other, IdentityRole? link) => link == IdentityRole.Staked && other.Identity != IdentityRole.Unstaked && !other.IsDown;

    private static NodeSide? OtherThan(NodeSide? side) => side switch
    {
        NodeSide.Source => NodeSide.Target,
        NodeSide.Target => NodeSide.Source,
        _ => null,
    };

    private static bool MustLookAgain(SwitchoverState state, StepObservation observation) => observation.Step switch
    {
        SwitchoverStep.Lock or SwitchoverStep.Diagnose or SwitchoverStep.Release => false,
        // One that is to be stopped is not asked once more before: each question to a validator that hangs takes its whole limit.
        _ when !observation.Result.IsDone => !RecoveryProtocol.MustBeStopped(state),

        // A validator that was down when it was looked at may have been started since, and have read the link before it was moved.
        SwitchoverStep.RestoreTargetLink => state.TargetIsDown && !state.TargetWasStopped,

        // A keeper that was started again behind the look has read its link as it was then.
        SwitchoverStep.RestoreLink => state.Verdict is { KeeperVotes: true },

        // It has taken the identity since. Or it is silent now, for good: what it voted for before that decides, and its tower tells.
        SwitchoverStep.LookAtTarget => state.TargetIdentity == IdentityRole.Staked ? state.Verdict is { OtherRunsStaked: false } : state is { Promotion: not null, IsTargetHarmless: true, Verdict.KeeperVotes: false },
        _ => false,
    };
}
