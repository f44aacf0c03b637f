using FluentAssertions;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Tachyon.Failover.Takeover;
using Xunit;

namespace Tachyon.Failover.Tests.Protocol;

/// <summary>The next step of a takeover, from the results of the steps before.</summary>
public sealed class TakeoverProtocolTests
{
    private static readonly CallResult Done = CallResult.Done();
    private static readonly CallResult Refused = CallResult.NotDone(CallFailure.Refused);
    private static readonly CallResult Dark = CallResult.NotDone(CallFailure.Unreachable);
    private static readonly CallResult Lost = CallResult.Unknown(CallFailure.TimedOut);

    private SwitchoverState _state = SwitchoverState.StartOfTakeover(new TakeoverFacts { LeastGrade = EvidenceGrade.Fenced, MayStop = true });

    private SwitchoverStep[] Next => [.. SwitchoverProtocol.Next(_state).Leg];

    private SwitchoverOutcome? End => SwitchoverProtocol.Next(_state).End;

    [Fact]
    public void Next_SourceAnswersAndIsDemoted_PromotesBehindAFreshWeighing()
    {
        Arm(EvidenceGrade.None, answers: true);

        Expect(SwitchoverStep.MoveSourceLink).Came(Done);
        Expect(SwitchoverStep.Seal).Came(Done);
        Expect(SwitchoverStep.Fence).Came(Done);
        Expect(SwitchoverStep.Weigh).Weighed(EvidenceGrade.Fenced, answers: true);
        Next.Should().Equal(SwitchoverStep.Deliver, SwitchoverStep.Promote);
    }

    [Fact]
    public void Next_ShellIsDeadAndNothingCanFenceIt_IsRefusedAndNothingTouched()
    {
        Came(Done);
        Weighed(EvidenceGrade.None, answers: false, mayReach: false);

        End.Should().Be(SwitchoverOutcome.Refused);
        _state.HasChangedNothing.Should().BeTrue();
    }

    [Fact]
    public void Next_ValidatorHangs_IsStoppedAndItsTowerIsLookedFor()
    {
        Arm(EvidenceGrade.None, answers: true);

        Came(Done);
        Came(Lost);
        Expect(SwitchoverStep.Fence).Came(Lost);
        Expect(SwitchoverStep.StopSource).Came(Done);
        Expect(SwitchoverStep.TakeTower).Came(Done);
        Expect(SwitchoverStep.Weigh).Weighed(EvidenceGrade.Fenced, answers: true);
        Next.Should().Equal(SwitchoverStep.Deliver, SwitchoverStep.Promote);
    }

    [Fact]
    public void Next_ValidatorHangsAndMayNotBeStopped_IsNotPromotedAndWhatWasTakenIsGivenBack()
    {
        _state = SwitchoverState.StartOfTakeover(new TakeoverFacts { LeastGrade = EvidenceGrade.Fenced });
        Arm(EvidenceGrade.None, answers: true);
        Came(Done);
        Came(Lost);
        Came(Lost);
        Expect(SwitchoverStep.TakeTower).Came(Done);
        Weighed(EvidenceGrade.None, answers: true);

        Expect(SwitchoverStep.LookAtTarget).Saw(IdentityRole.Unstaked);
        Expect(SwitchoverStep.RestoreVoters);
    }

    [Fact]
    public void Next_DarkWithAnAdapter_IsPoweredOffOnlyBehindAFreshWeighing()
    {
        _state = SwitchoverState.StartOfTakeover(new TakeoverFacts { LeastGrade = EvidenceGrade.Fenced, HasFence = true });
        Arm(EvidenceGrade.None, answers: false);

        Expect(SwitchoverStep.Weigh).Weighed(EvidenceGrade.None, answers: false);
        Expect(SwitchoverStep.PowerOffSource).Came(Done);
        Expect(SwitchoverStep.TakeTower).Came(Done);
        Expect(SwitchoverStep.Weigh).Weighed(EvidenceGrade.Fenced, answers: false);
        Next.Should().Equal(SwitchoverStep.Deliver, SwitchoverStep.Promote);
    }

    [Fact]
    public void Next_EnoughWithoutTheAdapter_ThePowerStaysOn()
    {
        _state = SwitchoverState.StartOfTakeover(new TakeoverFacts { LeastGrade = EvidenceGrade.Observed, HasFence = true });
        Arm(EvidenceGrade.Observed, answers: false);

        Expect(SwitchoverStep.Weigh).Weighed(EvidenceGrade.Observed, answers: false);
        Expect(SwitchoverStep.TakeTower).Came(Done);
    }

    [Fact]
    public void Next_EvidenceFallsRightBeforeThePromotion_IsNotPromoted()
    {
        _state = SwitchoverState.StartOfTakeover(new TakeoverFacts { LeastGrade = EvidenceGrade.Observed });
        Arm(EvidenceGrade.Observed, answers: false);
        Expect(SwitchoverStep.TakeTower).Came(Done);

        Expect(SwitchoverStep.Weigh).Weighed(EvidenceGrade.None, answers: false);

        Expect(SwitchoverStep.LookAtTarget).Saw(IdentityRole.Unstaked);
        Expect(SwitchoverStep.ClearTarget).Came(Done);
        Expect(SwitchoverStep.Release).Came(Done);
        End.Should().Be(SwitchoverOutcome.Refused, "nothing was taken from the node");
    }

    [Fact]
    public void Next_NoTowerIsWhole_IsNotPromoted()
    {
        _state = SwitchoverState.StartOfTakeover(new TakeoverFacts { LeastGrade = EvidenceGrade.Observed });
        Arm(EvidenceGrade.Observed, answers: false);

        Expect(SwitchoverStep.TakeTower).Came(Refused);

        Expect(SwitchoverStep.LookAtTarget);
    }

    [Fact]
    public void Next_PromotedWithTheSourceDark_GoesForwardWithoutIt()
    {
        _state = SwitchoverState.StartOfTakeover(new TakeoverFacts { LeastGrade = EvidenceGrade.Observed });
        Arm(EvidenceGrade.Observed, answers: false);
        Came(Done);
        Weighed(EvidenceGrade.Observed, answers: false);
        _state = _state.After(new StepObservation(SwitchoverStep.Deliver, Done)).After(new StepObservation(SwitchoverStep.Promote, Done));

        Expect(SwitchoverStep.MoveTargetLink).Came(Done);
        Expect(SwitchoverStep.Verify).Came(Done);
        Expect(SwitchoverStep.Tidy).Came(Dark);
        TakeoverProtocol.IsSettled(_state).Should().BeFalse("what is left to be done there is owed");
    }

    /// <summary>With its link on the staked keypair it is as dead as without, but its next start would bring it back.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S4_Next_StoppedAndNotEnough_IsGivenBackOnlyIfALookHasShownThatItIsNotFenced(bool isShown)
    {
        _state = SwitchoverState.StartOfTakeover(new TakeoverFacts { LeastGrade = EvidenceGrade.Fenced, MayStop = true });
        Arm(EvidenceGrade.None, answers: true);
        Expect(SwitchoverStep.MoveSourceLink).Came(Done);
        Expect(SwitchoverStep.Seal).Came(Lost);
        Expect(SwitchoverStep.Fence).Came(Lost);
        Expect(SwitchoverStep.StopSource).Came(Done);
        Expect(SwitchoverStep.TakeTower).Came(Done);
        Next.Should().Equal(SwitchoverStep.Weigh);
        _state = _state.After(new StepObservation(SwitchoverStep.Weigh, Done, Evidence: new EvidenceFacts(EvidenceGrade.None, MayReach: false, SourceAnswers: isShown, IsShown: isShown)));

        Expect(SwitchoverStep.LookAtTarget).Saw(IdentityRole.Unstaked);

        if (isShown)
        {
            Next.Should().Equal(SwitchoverStep.RestoreVoters);
        }
        else
        {
            Expect(SwitchoverStep.Release).Came(Done);
            End.Should().Be(SwitchoverOutcome.Indeterminate, "the operator, or the next takeover, continues from here");
        }
    }

    private TakeoverProtocolTests Expect(SwitchoverStep step)
    {
        Next.Should().Equal(step);
        return this;
    }

    private void Arm(EvidenceGrade grade, bool answers)
    {
        Expect(SwitchoverStep.Preflight).Came(Done);
        Expect(SwitchoverStep.Weigh).Weighed(grade, answers);
        Expect(SwitchoverStep.Arm).Came(Done);
    }

    private void Came(CallResult result) => _state = _state.After(new StepObservation(Next[0], result));

    private void Saw(IdentityRole role) => _state = _state.After(new StepObservation(Next[0], Done, role));

    private void Weighed(EvidenceGrade grade, bool answers, bool mayReach = true)
    {
        Next.Should().Equal(SwitchoverStep.Weigh);
        _state = _state.After(new StepObservation(SwitchoverStep.Weigh, Done, Evidence: new EvidenceFacts(grade, mayReach, answers)));
    }
}
