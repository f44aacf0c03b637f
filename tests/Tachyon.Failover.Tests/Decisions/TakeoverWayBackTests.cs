using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The way back of a takeover gives the lost node what was read of it. It gives nothing where nothing was changed.</summary>
public sealed class TakeoverWayBackTests
{
    private static readonly CallResult Done = CallResult.Done();
    private static readonly CallResult Refused = CallResult.NotDone(CallFailure.Unrecognized);

    private static readonly NodeFacts Active = new() { Identity = IdentityRole.Staked, Link = IdentityRole.Staked };
    private static readonly NodeFacts Demoted = new() { Identity = IdentityRole.Unstaked, Link = IdentityRole.Unstaked };

    [Fact]
    public void Back_OnlyTheLinkWasMoved_OnlyTheLinkIsGivenBack()
    {
        var state = Weighed(Active).After(new StepObservation(FailoverStep.MoveSourceLink, Done));

        Steps(GaveUp(state)).Should().Equal(FailoverStep.ProbeOther, FailoverStep.MoveKeeperLink, FailoverStep.MoveOtherTowerAside, FailoverStep.SeeKeeperVote, FailoverStep.ReleaseLocks);
    }

    [Fact]
    public void Back_LinkWasUnstakedBefore_IsNotPointedAtStaked()
    {
        var state = Weighed(Demoted).After(new StepObservation(FailoverStep.MoveSourceLink, Done)).After(new StepObservation(FailoverStep.SealSource, Done)).After(new StepObservation(FailoverStep.DemoteSource, Done));

        Steps(GaveUp(state)).Should().Equal(FailoverStep.ProbeOther, FailoverStep.ReturnKeeperVoters, FailoverStep.MoveOtherTowerAside, FailoverStep.ReleaseLocks);
    }

    [Fact]
    public void Back_MoveOfTheLinkIsNotKnown_IsPointedWhereItWas()
    {
        var state = Weighed(Demoted).After(new StepObservation(FailoverStep.MoveSourceLink, CallResult.Unknown(CallFailure.ConnectionLost)));

        var back = GaveUp(state);
        Steps(back).Should().Contain(FailoverStep.MoveKeeperLink);
        back.After(new StepObservation(FailoverStep.MoveKeeperLink, Done)).SourceLink.Should().Be(IdentityRole.Unstaked);
    }

    [Fact]
    public void Back_AllWasTaken_AllIsGivenBack()
    {
        var state = Weighed(Active).After(new StepObservation(FailoverStep.MoveSourceLink, Done)).After(new StepObservation(FailoverStep.SealSource, Done)).After(new StepObservation(FailoverStep.DemoteSource, Done));

        Steps(GaveUp(state)).Should().Equal(
            FailoverStep.ProbeOther, FailoverStep.ReturnKeeperVoters, FailoverStep.MoveKeeperLink, FailoverStep.PromoteKeeper, FailoverStep.MoveOtherTowerAside, FailoverStep.SeeKeeperVote, FailoverStep.ReleaseLocks);
    }

    [Fact]
    public void After_AWeighingBehindAChange_DoesNotTakeTheChangeForWhatWas()
    {
        var state = Weighed(Active).After(new StepObservation(FailoverStep.MoveSourceLink, Done)).After(Weighing(Demoted));

        state.Takeover!.SourceBefore.Should().Be(Active);
        state.LinkBefore.Should().Be(IdentityRole.Staked);
        state.IdentityBefore.Should().Be(IdentityRole.Staked);
    }

    [Fact]
    public void Next_TheWeighingRefuses_EndsAndTouchesNothing()
    {
        var state = Start().After(new StepObservation(FailoverStep.Preflight, Done)).After(new StepObservation(FailoverStep.AssessEvidence, CallResult.NotDone(CallFailure.Refused, "the names are swapped")));

        SwitchoverProtocol.Next(state).End.Should().Be(FailoverOutcome.Refused);
        state.HasChangedNothing.Should().BeTrue();
    }

    private static RunState Start() => RunState.StartOfTakeover(new TakeoverFacts { MinimumGrade = EvidenceGrade.Fenced });

    private static RunState Weighed(NodeFacts before) =>
        Start().After(new StepObservation(FailoverStep.Preflight, Done)).After(Weighing(before)).After(new StepObservation(FailoverStep.Prepare, Done));

    private static StepObservation Weighing(NodeFacts before) => new(FailoverStep.AssessEvidence, Done, Evidence: new EvidenceFacts(EvidenceGrade.None, MayReach: true, SourceAnswers: true), Source: before);

    private static RunState GaveUp(RunState state) => state.After(new StepObservation(FailoverStep.ChooseTower, Refused));

    private static FailoverStep[] Steps(RunState state)
    {
        var steps = new List<FailoverStep>();
        while (SwitchoverProtocol.Next(state) is { End: null } move && steps.Count < 20)
        {
            steps.Add(move.Leg[0]);
            state = state.After(new StepObservation(move.Leg[0], Done, move.Leg[0] switch
            {
                FailoverStep.ProbeOther => IdentityRole.Unstaked,
                FailoverStep.ProbeKeeper => IdentityRole.Staked,
                _ => null,
            }));
        }

        return [.. steps];
    }
}
