using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The next step of a recovery, move by move.</summary>
public sealed class RecoveryProtocolTests
{
    private static readonly NodeFacts Inactive = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Unstaked, Link = IdentityRole.Unstaked, HasTower = true };
    private static readonly NodeFacts Active = Inactive with { Identity = IdentityRole.Staked, Link = IdentityRole.Staked, SavesTowers = true };
    private static readonly NodeFacts Silent = Active with { SavesTowers = false };

    [Fact]
    public void Next_NobodyVotesAndTheOtherIsSilencedNow_ProbesAgainAndGoesByWhatItHadVoted()
    {
        var walk = new Walk(new PairFacts { Source = Silent, Target = Silent with { Link = IdentityRole.Unstaked }, Newest = NewestTower.Both });

        walk.Take(FailoverStep.SealOther);
        walk.Take(FailoverStep.ProbeOther, IdentityRole.Staked);
        walk.Take(FailoverStep.DemoteOther);
        walk.Take(FailoverStep.ProbeOther, IdentityRole.Unstaked);

        // It had begun to vote between the look and the seal.
        walk.Probe(new PairFacts { Source = Silent, Target = Inactive, Newest = NewestTower.Target });
        walk.State.IsTurned.Should().BeTrue();
        walk.Take(FailoverStep.SealOther);
    }

    [Fact]
    public void Next_OneVotesAndTheOtherIsSilencedNow_NeedsNoOtherProbe()
    {
        var walk = new Walk(new PairFacts { Source = Active, Target = Silent });

        walk.Take(FailoverStep.SealOther);
        walk.Take(FailoverStep.MoveOtherLink);
        walk.Take(FailoverStep.ProbeOther, IdentityRole.Staked);
        walk.Take(FailoverStep.DemoteOther);
        walk.Take(FailoverStep.ProbeOther, IdentityRole.Unstaked);
        walk.Take(FailoverStep.MoveOtherTowerAside);
        walk.Take(FailoverStep.SeeKeeperVote, IdentityRole.Staked);
        walk.Take(FailoverStep.ReleaseLocks);
        SwitchoverProtocol.Next(walk.State).End.Should().Be(FailoverOutcome.RolledBack);
    }

    [Fact]
    public void Next_OtherDoesNotRun_TouchesNothingOfItButItsLinkAndItsTower()
    {
        var down = Inactive with { Condition = NodeCondition.NotRunning, Identity = null, Link = IdentityRole.Staked };
        var walk = new Walk(new PairFacts { Source = down, Target = Active });

        walk.Take(FailoverStep.MoveOtherLink);
        walk.Probe(new PairFacts { Source = down with { Link = IdentityRole.Unstaked }, Target = Active });
        walk.Take(FailoverStep.MoveOtherTowerAside);
        walk.Take(FailoverStep.SeeKeeperVote, IdentityRole.Staked);
        walk.Take(FailoverStep.ReleaseLocks);
        SwitchoverProtocol.Next(walk.State).End.Should().Be(FailoverOutcome.Completed);
    }

    [Fact]
    public void Next_OtherDidNotRunAndWasStartedBeforeItsLinkWasMoved_IsSilenced()
    {
        var walk = new Walk(new PairFacts { Source = Inactive with { Condition = NodeCondition.NotRunning, Identity = null, Link = IdentityRole.Staked }, Target = Active });

        walk.Take(FailoverStep.MoveOtherLink);
        walk.Probe(new PairFacts { Source = Silent with { Link = IdentityRole.Unstaked }, Target = Active });
        walk.Take(FailoverStep.SealOther);
    }

    [Fact]
    public void Next_KeeperVotesAndItsLinkIsWrong_ProbesAgainBehindIt()
    {
        var walk = new Walk(new PairFacts { Source = Active with { Link = IdentityRole.Unstaked }, Target = Inactive with { HasTower = false } });

        walk.Take(FailoverStep.ProbeOther, IdentityRole.Unstaked);
        walk.Take(FailoverStep.MoveKeeperLink);

        // It was started again between the look and the link.
        walk.Probe(new PairFacts { Source = Inactive with { Link = IdentityRole.Staked }, Target = Inactive with { HasTower = false }, Newest = NewestTower.Source });
        walk.Take(FailoverStep.SealOther);
    }

    [Fact]
    public void Next_OtherWasLeftSealedOrMayTakeTheIdentity_StaysSealed()
    {
        foreach (var source in (NodeFacts[])[Inactive with { WasLeftSealed = true, HasTower = false }, Inactive with { MayTakeIdentity = true, HasTower = false }])
        {
            var walk = new Walk(new PairFacts { Source = source, Target = Active });
            SwitchoverProtocol.Next(walk.State).End.Should().BeNull("there are steps to see");
            while (SwitchoverProtocol.Next(walk.State) is { End: null } move)
            {
                move.Leg.Should().NotContain(FailoverStep.ReturnOtherVoters);
                walk.Take(move.Leg.Single(), IdentityRole.Unstaked);
            }
        }
    }

    [Fact]
    public void Next_KeeperIsNotSeenToVoteYet_ProbesAgainBeforeItCallsItRecovered()
    {
        var walk = new Walk(new PairFacts { Source = Silent, Target = Inactive with { HasTower = false }, Newest = NewestTower.Source });

        walk.Take(FailoverStep.ProbeOther, IdentityRole.Unstaked);
        walk.Take(FailoverStep.ReturnKeeperVoters);
        walk.Probe(new PairFacts { Source = Silent, Target = Inactive with { HasTower = false }, Newest = NewestTower.Source });
        walk.Probe(new PairFacts { Source = Active, Target = Inactive with { HasTower = false } });
        walk.Take(FailoverStep.SeeKeeperVote, IdentityRole.Staked);
        walk.Take(FailoverStep.ReleaseLocks);
        SwitchoverProtocol.Next(walk.State).End.Should().Be(FailoverOutcome.RolledBack);
    }

    /// <summary>The look that found the keeper voting is older than the later changes: the keeper may have died of them.</summary>
    [Fact]
    public void E1_KeeperIsNotSeenToVoteAtTheEnd_ProbesBothAgain()
    {
        var walk = new Walk(new PairFacts { Source = Active, Target = Inactive });

        walk.Take(FailoverStep.ProbeOther, IdentityRole.Unstaked);
        walk.Take(FailoverStep.MoveOtherTowerAside);
        walk.Take(FailoverStep.SeeKeeperVote, IdentityRole.Unstaked, CallResult.NotDone(CallFailure.Refused));
        walk.Probe(new PairFacts { Source = Active, Target = Inactive with { HasTower = false } });
        walk.Take(FailoverStep.SeeKeeperVote, IdentityRole.Staked);
        walk.Take(FailoverStep.ReleaseLocks);
        SwitchoverProtocol.Next(walk.State).End.Should().Be(FailoverOutcome.RolledBack);
    }

    [Fact]
    public void Next_LinkOfTheOtherIsRefused_GivesTheKeeperNoVoteAndLeavesItToAPerson()
    {
        var facts = new PairFacts { Source = Silent, Target = Inactive with { Link = null }, Newest = NewestTower.Source };
        var walk = new Walk(facts);
        var steps = new List<FailoverStep>();
        while (SwitchoverProtocol.Next(walk.State) is { End: null } move)
        {
            steps.Add(move.Leg.Single());
            if (steps[^1] == FailoverStep.Diagnose)
            {
                walk.Probe(facts);
            }
            else
            {
                walk.Take(steps[^1], IdentityRole.Unstaked, steps[^1] == FailoverStep.MoveOtherLink ? CallResult.NotDone(CallFailure.NotALink) : null);
            }
        }

        steps.Count(step => step == FailoverStep.MoveOtherLink).Should().Be(SwitchoverProtocol.RefusalsTaken);
        steps.Should().NotContain(FailoverStep.ReturnKeeperVoters);
        SwitchoverProtocol.Next(walk.State).End.Should().Be(FailoverOutcome.Indeterminate);
    }

    private sealed class Walk
    {
        public Walk(PairFacts facts)
        {
            Take(FailoverStep.TakeLocks);
            Probe(facts);
        }

        public RunState State { get; private set; } = RunState.StartOfRecovery;

        public void Probe(PairFacts facts)
        {
            SwitchoverProtocol.Next(State).Leg.Should().Equal(FailoverStep.Diagnose);
            State = State.After(new StepObservation(FailoverStep.Diagnose, CallResult.Done(), Pair: facts));
        }

        public void Take(FailoverStep step, IdentityRole? seen = null, CallResult? result = null)
        {
            SwitchoverProtocol.Next(State).Leg.Should().Equal(step);
            State = State.After(new StepObservation(step, result ?? CallResult.Done(), step is FailoverStep.ProbeOther or FailoverStep.ProbeKeeper ? seen : null));
        }
    }
}
