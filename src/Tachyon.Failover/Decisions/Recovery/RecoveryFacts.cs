namespace Tachyon.Failover.Decisions;

/// <summary>What a probe of both nodes means for a recovery, and which results require another probe.</summary>
internal static class RecoveryFacts
{
    /// <summary>The state after a probe. The probe replaces all facts, except what this run itself did to the other node.</summary>
    public static RunState FilledIn(this RunState state, PairFacts facts)
    {
        var verdict = PairVerdict.Of(facts);

        // Until the link of a lost node is moved, the other node is the keeper. If a node differs from the settings, nothing is moved.
        var linkFirst = verdict.Refusal is null ? facts.LinkFirst : null;
        if ((verdict.Keeper ?? linkFirst?.Other()) is not { } side)
        {
            return state.With(recovery => recovery with { Verdict = verdict, MovesOtherLinkFirst = false });
        }

        var keeper = facts.On(side);
        var other = facts.OtherThan(side);
        var known = state.Recovery ?? new RecoveryState();
        return state with
        {
            Recovery = known with
            {
                Verdict = verdict,
                Keeper = side,
                MovesOtherLinkFirst = linkFirst is not null,
                OtherIsDown = other.IsDown || (known.OtherWasStopped && !other.RunsStaked),
                OtherHasPendingDemotion = other.HasPendingDemotion,
                MayStopOther = other.MayBeStopped,
                OtherMayTakeIdentity = other.MayTakeIdentity,
                OtherStaysSealed = other.WasLeftSealed,
            },
            LastProbe = null,
            SourceIdentity = keeper.Identity,
            SourceLink = keeper.Link,
            SourceVoters = verdict.KeeperVotes || (keeper.RunsStaked && state.Keeper == side && state.SourceVoters == true) ? true : null,
            FenceMayComeLate = false,
            TargetIdentity = other.Identity,
            TargetLink = other.Link,
            TargetVoters = state.Keeper == side && state.TargetVoters == false ? false : null,
            TargetDemoted = state.Keeper == side && state is { TargetVoters: false, TargetDemoted: true },
            TargetCleared = other.HasTower == false,

            // A keeper that has the identity never lost it, or got it back after the other node was ruled out. Then a probe of the other node is
            // enough. In all other cases a call without a known result may be under way there.
            Promotion = other.RunsStaked || other.MayTakeIdentity || !keeper.RunsStaked || (other.HasPendingDemotion && !other.IsKnown) ? CallOutcome.Unknown : null,
        };
    }

    /// <summary>The state after a step, without its verdict if another look is needed. A switchover has no verdict.</summary>
    public static RunState Reconsidered(this RunState state, StepObservation observation) =>
        MustProbeAgain(state, observation) ? state.With(static recovery => recovery with { Verdict = null }) : state;

    /// <summary>Whether the link of a node with a pending demotion is moved before its validator is asked. A validator that hangs would use up the time, and might resume.</summary>
    /// <param name="other">The other node.</param>
    /// <param name="link">Where the link of the node with the pending demotion was seen to point.</param>
    public static bool MovesLinkFirst(NodeFacts other, IdentityRole? link) => link == IdentityRole.Staked && other.Identity != IdentityRole.Unstaked && !other.IsDown;

    private static bool MustProbeAgain(RunState state, StepObservation observation) => StepTable.Of(observation.Step).ProbeAgain switch
    {
        ProbeAgain.Never => false,

        // A validator that is to be stopped is not asked again before: each question to a hanging validator takes its whole limit.
        _ when !observation.Result.IsDone => !RecoveryProtocol.MustBeStopped(state),
        ProbeAgain.IfOtherWasDown => state.Recovery is { OtherIsDown: true, OtherWasStopped: false },
        ProbeAgain.IfKeeperVoted => state.Verdict is { KeeperVotes: true },

        // It has taken the identity since. Or it is now permanently silent: then its earlier votes decide, and its tower shows them.
        ProbeAgain.IfItContradicts => state.TargetIdentity == IdentityRole.Staked ? state.Verdict is { OtherRunsStaked: false } : state is { Promotion: not null, IsTargetHarmless: true, Verdict.KeeperVotes: false },
        _ => false,
    };
}
