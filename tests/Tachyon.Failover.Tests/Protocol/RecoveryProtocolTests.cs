using FluentAssertions;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Xunit;

namespace Tachyon.Failover.Tests.Protocol;

/// <summary>The next step of a recovery, move by move.</summary>
public sealed class RecoveryProtocolTests
{
    private static readonly NodeFacts Inactive = new() { Condition = NodeCondition.Answers, Identity = IdentityRole.Unstaked, Link = IdentityRole.Unstaked, HasTower = true };
    private static readonly NodeFacts Active = Inactive with { Identity = IdentityRole.Staked, Link = IdentityRole.Staked, SavesTowers = true };
    private static readonly NodeFacts Silent = Active with { SavesTowers = false };

    [Fact]
    public void Next_NobodyVotesAndTheOtherIsSilencedNow_LooksAgainAndGoesByWhatItHadVoted()
    {
        var walk = new Walk(new PairFacts { Source = Silent, Target = Silent with { Link = IdentityRole.Unstaked }, Newest = NewestTower.Both });

        walk.Take(SwitchoverStep.SealTarget);
        walk.Take(SwitchoverStep.LookAtTarget, IdentityRole.Staked);
        walk.Take(SwitchoverStep.DemoteTarget);
        walk.Take(SwitchoverStep.LookAtTarget, IdentityRole.Unstaked);

        // It had begun to vote between the look and the seal.
        walk.Look(new PairFacts { Source = Silent, Target = Inactive, Newest = NewestTower.Target });
        walk.State.IsTurned.Should().BeTrue();
        walk.Take(SwitchoverStep.SealTarget);
    }

    [Fact]
    public void Next_OneVotesAndTheOtherIsSilencedNow_NeedsNoOtherLook()
    {
        var walk = new Walk(new PairFacts { Source = Active, Target = Silent });

        walk.Take(SwitchoverStep.SealTarget);
        walk.Take(SwitchoverStep.RestoreTargetLink);
        walk.Take(SwitchoverStep.LookAtTarget, IdentityRole.Staked);
        walk.Take(SwitchoverStep.DemoteTarget);
        walk.Take(SwitchoverStep.LookAtTarget, IdentityRole.Unstaked);
        walk.Take(SwitchoverStep.ClearTarget);
        walk.Take(SwitchoverStep.SeeSourceVote, IdentityRole.Staked);
        walk.Take(SwitchoverStep.Release);
        SwitchoverProtocol.Next(walk.State).End.Should().Be(SwitchoverOutcome.Undone);
    }

    [Fact]
    public void Next_OtherDoesNotRun_TouchesNothingOfItButItsLinkAndItsTower()
    {
        var down = Inactive with { Condition = NodeCondition.NotRunning, Identity = null, Link = IdentityRole.Staked };
        var walk = new Walk(new PairFacts { Source = down, Target = Active });

        walk.Take(SwitchoverStep.RestoreTargetLink);
        walk.Look(new PairFacts { Source = down with { Link = IdentityRole.Unstaked }, Target = Active });
        walk.Take(SwitchoverStep.ClearTarget);
        walk.Take(SwitchoverStep.SeeSourceVote, IdentityRole.Staked);
        walk.Take(SwitchoverStep.Release);
        SwitchoverProtocol.Next(walk.State).End.Should().Be(SwitchoverOutcome.Completed);
    }

    [Fact]
    public void Next_OtherDidNotRunAndWasStartedBeforeItsLinkWasMoved_IsSilenced()
    {
        var walk = new Walk(new PairFacts { Source = Inactive with { Condition = NodeCondition.NotRunning, Identity = null, Link = IdentityRole.Staked }, Target = Active });

        walk.Take(SwitchoverStep.RestoreTargetLink);
        walk.Look(new PairFacts { Source = Silent with { Link = IdentityRole.Unstaked }, Target = Active });
        walk.Take(SwitchoverStep.SealTarget);
    }

    [Fact]
    public void Next_KeeperVotesAndItsLinkIsWrong_LooksAgainBehindIt()
    {
        var walk = new Walk(new PairFacts { Source = Active with { Link = IdentityRole.Unstaked }, Target = Inactive with { HasTower = false } });

        walk.Take(SwitchoverStep.LookAtTarget, IdentityRole.Unstaked);
        walk.Take(SwitchoverStep.RestoreLink);

        // It was started again between the look and the link.
        walk.Look(new PairFacts { Source = Inactive with { Link = IdentityRole.Staked }, Target = Inactive with { HasTower = false }, Newest = NewestTower.Source });
        walk.Take(SwitchoverStep.SealTarget);
    }

    [Fact]
    public void Next_OtherWasLeftSealedOrMayTakeTheIdentity_StaysSealed()
    {
        foreach (var source in (NodeFacts[])[Inactive with { WasLeftSealed = true, HasTower = false }, Inactive with { MayTakeIdentity = true, HasTower = false }])
        {
            var walk = new Walk(new PairFacts { Source = source, Target = Active });
            while (SwitchoverProtocol.Next(walk.State) is { End: null } move)
            {
                move.Leg.Should().NotContain(SwitchoverStep.ReturnVoters);
                walk.Take(move.Leg.Single(), IdentityRole.Unstaked);
            }
        }
    }

    [Fact]
    public void Next_KeeperIsNotSeenToVoteYet_LooksAgainBeforeItCallsItRecovered()
    {
        var walk = new Walk(new PairFacts { Source = Silent, Target = Inactive with { HasTower = false }, Newest = NewestTower.Source });

        walk.Take(SwitchoverStep.LookAtTarget, IdentityRole.Unstaked);
        walk.Take(SwitchoverStep.RestoreVoters);
        walk.Look(new PairFacts { Source = Silent, Target = Inactive with { HasTower = false }, Newest = NewestTower.Source });
        walk.Look(new PairFacts { Source = Active, Target = Inactive with { HasTower = false } });
        walk.Take(SwitchoverStep.SeeSourceVote, IdentityRole.Staked);
        walk.Take(SwitchoverStep.Release);
        SwitchoverProtocol.Next(walk.State).End.Should().Be(SwitchoverOutcome.Undone);
    }

    /// <summary>The look that found the keeper voting is older than the later changes: the keeper may have died of them.</summary>
    [Fact]
    public void E1_KeeperIsNotSeenToVoteAtTheEnd_LooksAtBothAgain()
    {
        var walk = new Walk(new PairFacts { Source = Active, Target = Inactive });

        walk.Take(SwitchoverStep.LookAtTarget, IdentityRole.Unstaked);
        walk.Take(SwitchoverStep.ClearTarget);
        walk.Take(SwitchoverStep.SeeSourceVote, IdentityRole.Unstaked, CallResult.NotDone(CallFailure.Refused));
        walk.Look(new PairFacts { Source = Active, Target = Inactive with { HasTower = false } });
        walk.Take(SwitchoverStep.SeeSourceVote, IdentityRole.Staked);
        walk.Take(SwitchoverStep.Release);
        SwitchoverProtocol.Next(walk.State).End.Should().Be(SwitchoverOutcome.Undone);
    }

    [Fact]
    public void Next_LinkOfTheOtherIsRefused_GivesTheKeeperNoVoteAndLeavesItToAPerson()
    {
        var facts = new PairFacts { Source = Silent, Target = Inactive with { Link = null }, Newest = NewestTower.Source };
        var walk = new Walk(facts);
        var steps = new List<SwitchoverStep>();
        while (SwitchoverProtocol.Next(walk.State) is { End: null } move)
        {
            steps.Add(move.Leg.Single());
            if (steps[^1] == SwitchoverStep.Diagnose)
            {
                walk.Look(facts);
            }
            else
            {
                walk.Take(steps[^1], IdentityRole.Unstaked, steps[^1] == SwitchoverStep.RestoreTargetLink ? CallResult.NotDone(CallFailure.NotALink) : null);
            }
        }

        steps.Count(step => step == SwitchoverStep.RestoreTargetLink).Should().Be(SwitchoverProtocol.RefusalsTaken);
        steps.Should().NotContain(SwitchoverStep.RestoreVoters);
        SwitchoverProtocol.Next(walk.State).End.Should().Be(SwitchoverOutcome.Indeterminate);
    }

    private sealed class Walk
    {
        public Walk(PairFacts facts)
        {
            Take(SwitchoverStep.Lock);
            Look(facts);
        }

        public SwitchoverState State { get; private set; } = SwitchoverState.StartOfRecovery;

        public void Look(PairFacts facts)
        {
            SwitchoverProtocol.Next(State).Leg.Should().Equal(SwitchoverStep.Diagnose);
            State = State.After(new StepObservation(SwitchoverStep.Diagnose, CallResult.Done(), Pair: facts));
        }

        public void Take(SwitchoverStep step, IdentityRole? seen = null, CallResult? result = null)
        {
            SwitchoverProtocol.Next(State).Leg.Should().Equal(step);
            State = State.After(new StepObservation(step, result ?? CallResult.Done(), step is SwitchoverStep.LookAtTarget or SwitchoverStep.LookAtSource ? seen : null));
        }
    }
}
