using FluentAssertions;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Tachyon.Failover.Takeover;
using Xunit;

namespace Tachyon.Failover.Tests.Protocol;

/// <summary>The way back of a takeover gives the lost node what was read of it. It gives nothing where nothing was changed.</summary>
public sealed class TakeoverWayBackTests
{
    private static readonly CallResult Done = CallResult.Done();
    private static readonly CallResult Refused = CallResult.NotDone(CallFailure.Unrecognised);

    private static readonly NodeFacts Active = new() { Identity = IdentityRole.Staked, Link = IdentityRole.Staked };
    private static readonly NodeFacts Demoted = new() { Identity = IdentityRole.Unstaked, Link = IdentityRole.Unstaked };

    [Fact]
    public void Back_OnlyTheLinkWasMoved_OnlyTheLinkIsGivenBack()
    {
        var state = Weighed(Active).After(new StepObservation(SwitchoverStep.MoveSourceLink, Done));

        Steps(GaveUp(state)).Should().Equal(SwitchoverStep.LookAtTarget, SwitchoverStep.RestoreLink, SwitchoverStep.ClearTarget, SwitchoverStep.SeeSourceVote, SwitchoverStep.Release);
    }

    [Fact]
    public void Back_LinkWasUnstakedBefore_IsNotPointedAtStaked()
    {
        var state = Weighed(Demoted).After(new StepObservation(SwitchoverStep.MoveSourceLink, Done)).After(new StepObservation(SwitchoverStep.Seal, Done)).After(new StepObservation(SwitchoverStep.Fence, Done));

        Steps(GaveUp(state)).Should().Equal(SwitchoverStep.LookAtTarget, SwitchoverStep.RestoreVoters, SwitchoverStep.ClearTarget, SwitchoverStep.Release);
    }

    [Fact]
    public void Back_MoveOfTheLinkIsNotKnown_IsPointedWhereItWas()
    {
        var state = Weighed(Demoted).After(new StepObservation(SwitchoverStep.MoveSourceLink, CallResult.Unknown(CallFailure.ConnectionLost)));

        var back = GaveUp(state);
        Steps(back).Should().Contain(SwitchoverStep.RestoreLink);
        back.After(new StepObservation(SwitchoverStep.RestoreLink, Done)).SourceLink.Should().Be(IdentityRole.Unstaked);
    }

    [Fact]
    public void Back_AllWasTaken_AllIsGivenBack()
    {
        var state = Weighed(Active).After(new StepObservation(SwitchoverStep.MoveSourceLink, Done)).After(new StepObservation(SwitchoverStep.Seal, Done)).After(new StepObservation(SwitchoverStep.Fence, Done));

        Steps(GaveUp(state)).Should().Equal(
            SwitchoverStep.LookAtTarget, SwitchoverStep.RestoreVoters, SwitchoverStep.RestoreLink, SwitchoverStep.RestoreIdentity, SwitchoverStep.ClearTarget, SwitchoverStep.SeeSourceVote, SwitchoverStep.Release);
    }

    [Fact]
    public void After_AWeighingBehindAChange_DoesNotTakeTheChangeForWhatWas()
    {
        var state = Weighed(Active).After(new StepObservation(SwitchoverStep.MoveSourceLink, Done)).After(Weighing(Demoted));

        state.SourceBefore.Should().Be(Active);
        state.LinkBefore.Should().Be(IdentityRole.Staked);
        state.IdentityBefore.Should().Be(IdentityRole.Staked);
    }

    [Fact]
    public void Next_TheWeighingRefuses_EndsAndTouchesNothing()
    {
        var state = Start().After(new StepObservation(SwitchoverStep.Preflight, Done)).After(new StepObservation(SwitchoverStep.Weigh, CallResult.NotDone(CallFailure.Refused, "the names are swapped")));

        SwitchoverProtocol.Next(state).End.Should().Be(SwitchoverOutcome.Refused);
        state.HasChangedNothing.Should().BeTrue();
    }

    private static SwitchoverState Start() => SwitchoverState.StartOfTakeover(new TakeoverFacts { LeastGrade = EvidenceGrade.Fenced });

    private static SwitchoverState Weighed(NodeFacts before) =>
        Start().After(new StepObservation(SwitchoverStep.Preflight, Done)).After(Weighing(before)).After(new StepObservation(SwitchoverStep.Arm, Done));

    private static StepObservation Weighing(NodeFacts before) => new(SwitchoverStep.Weigh, Done, Evidence: new EvidenceFacts(EvidenceGrade.None, MayReach: true, SourceAnswers: true), Source: before);

    private static SwitchoverState GaveUp(SwitchoverState state) => state.After(new StepObservation(SwitchoverStep.TakeTower, Refused));

    private static SwitchoverStep[] Steps(SwitchoverState state)
    {
        var steps = new List<SwitchoverStep>();
        while (SwitchoverProtocol.Next(state) is { End: null } move && steps.Count < 20)
        {
            steps.Add(move.Leg[0]);
            state = state.After(new StepObservation(move.Leg[0], Done, move.Leg[0] switch
            {
                SwitchoverStep.LookAtTarget => IdentityRole.Unstaked,
                SwitchoverStep.LookAtSource => IdentityRole.Staked,
                _ => null,
            }));
        }

        return [.. steps];
    }
}
