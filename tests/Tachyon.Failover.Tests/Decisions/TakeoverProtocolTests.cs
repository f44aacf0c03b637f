using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The next step of a takeover, from the results of the steps before.</summary>
public sealed class TakeoverProtocolTests
{
    private static readonly CallResult Done = CallResult.Done();
    private static readonly CallResult Refused = CallResult.NotDone(CallFailure.Refused);
    private static readonly CallResult Dark = CallResult.NotDone(CallFailure.Unreachable);
    private static readonly CallResult Lost = CallResult.Unknown(CallFailure.TimedOut);

    private RunState _state = RunState.StartOfTakeover(new TakeoverFacts { MinimumGrade = EvidenceGrade.Fenced, AllowStop = true });

    private FailoverStep[] Next => [.. SwitchoverProtocol.Next(_state).Leg];

    private FailoverOutcome? End => SwitchoverProtocol.Next(_state).End;

    [Fact]
    public void Next_SourceAnswersAndIsDemoted_PromotesBehindAFreshWeighing()
    {
        Arm(EvidenceGrade.None, answers: true);

        Expect(FailoverStep.MoveSourceLink).Came(Done);
        Expect(FailoverStep.SealSource).Came(Done);
        Expect(FailoverStep.DemoteSource).Came(Done);
        Expect(FailoverStep.AssessEvidence).Weighed(EvidenceGrade.Fenced, answers: true);
        Next.Should().Equal(FailoverStep.DeliverTower, FailoverStep.PromoteTarget);
    }

    [Fact]
    public void Next_ShellIsDeadAndNothingCanFenceIt_IsRefusedAndNothingTouched()
    {
        Came(Done);
        Weighed(EvidenceGrade.None, answers: false, mayReach: false);

        End.Should().Be(FailoverOutcome.Refused);
        _state.HasChangedNothing.Should().BeTrue();
    }

    [Fact]
    public void Next_ValidatorHangs_IsStoppedAndItsTowerIsProbedFor()
    {
        Arm(EvidenceGrade.None, answers: true);

        Came(Done);
        Came(Lost);
        Expect(FailoverStep.DemoteSource).Came(Lost);
        Expect(FailoverStep.StopSource).Came(Done);
        Expect(FailoverStep.ChooseTower).Came(Done);
        Expect(FailoverStep.AssessEvidence).Weighed(EvidenceGrade.Fenced, answers: true);
        Next.Should().Equal(FailoverStep.DeliverTower, FailoverStep.PromoteTarget);
    }

    [Fact]
    public void Next_ValidatorHangsAndMayNotBeStopped_IsNotPromotedAndWhatWasTakenIsGivenBack()
    {
        _state = RunState.StartOfTakeover(new TakeoverFacts { MinimumGrade = EvidenceGrade.Fenced });
        Arm(EvidenceGrade.None, answers: true);
        Came(Done);
        Came(Lost);
        Came(Lost);
        Expect(FailoverStep.ChooseTower).Came(Done);
        Weighed(EvidenceGrade.None, answers: true);

        Expect(FailoverStep.ProbeOther).Saw(IdentityRole.Unstaked);
        Expect(FailoverStep.ReturnKeeperVoters);
    }

    [Fact]
    public void Next_DarkWithAnAdapter_IsPoweredOffOnlyBehindAFreshWeighing()
    {
        _state = RunState.StartOfTakeover(new TakeoverFacts { MinimumGrade = EvidenceGrade.Fenced, HasFence = true });
        Arm(EvidenceGrade.None, answers: false);

        Expect(FailoverStep.AssessEvidence).Weighed(EvidenceGrade.None, answers: false);
        Expect(FailoverStep.FenceSource).Came(Done);
        Expect(FailoverStep.ChooseTower).Came(Done);
        Expect(FailoverStep.AssessEvidence).Weighed(EvidenceGrade.Fenced, answers: false);
        Next.Should().Equal(FailoverStep.DeliverTower, FailoverStep.PromoteTarget);
    }

    [Fact]
    public void Next_EnoughWithoutTheAdapter_ThePowerStaysOn()
    {
        _state = RunState.StartOfTakeover(new TakeoverFacts { MinimumGrade = EvidenceGrade.Observed, HasFence = true });
        Arm(EvidenceGrade.Observed, answers: false);

        Expect(FailoverStep.AssessEvidence).Weighed(EvidenceGrade.Observed, answers: false);
        Expect(FailoverStep.ChooseTower).Came(Done);
    }

    [Fact]
    public void Next_EvidenceFallsRightBeforeThePromotion_IsNotPromoted()
    {
        _state = RunState.StartOfTakeover(new TakeoverFacts { MinimumGrade = EvidenceGrade.Observed });
        Arm(EvidenceGrade.Observed, answers: false);
        Expect(FailoverStep.ChooseTower).Came(Done);

        Expect(FailoverStep.AssessEvidence).Weighed(EvidenceGrade.None, answers: false);

        Expect(FailoverStep.ProbeOther).Saw(IdentityRole.Unstaked);
        Expect(FailoverStep.MoveOtherTowerAside).Came(Done);
        Expect(FailoverStep.ReleaseLocks).Came(Done);
        End.Should().Be(FailoverOutcome.Refused, "nothing was taken from the node");
    }

    [Fact]
    public void Next_NoTowerIsWhole_IsNotPromoted()
    {
        _state = RunState.StartOfTakeover(new TakeoverFacts { MinimumGrade = EvidenceGrade.Observed });
        Arm(EvidenceGrade.Observed, answers: false);

        Expect(FailoverStep.ChooseTower).Came(Refused);

        Expect(FailoverStep.ProbeOther);
    }

    [Fact]
    public void Next_PromotedWithTheSourceDark_GoesForwardWithoutIt()
    {
        _state = RunState.StartOfTakeover(new TakeoverFacts { MinimumGrade = EvidenceGrade.Observed });
        Arm(EvidenceGrade.Observed, answers: false);
        Came(Done);
        Weighed(EvidenceGrade.Observed, answers: false);
        _state = _state.After(new StepObservation(FailoverStep.DeliverTower, Done)).After(new StepObservation(FailoverStep.PromoteTarget, Done));

        Expect(FailoverStep.MoveTargetLink).Came(Done);
        Expect(FailoverStep.Verify).Came(Done);
        Expect(FailoverStep.CleanUp, FailoverStep.SeeTargetVote).Came(Dark);
        TakeoverProtocol.IsSettled(_state).Should().BeFalse("what is left to be done there is owed");
    }

    /// <summary>With its link on the staked keypair it is as dead as without, but its next start would bring it back.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S4_Next_StoppedAndNotEnough_IsGivenBackOnlyIfAProbeHasShownThatItIsNotFenced(bool isShown)
    {
        _state = RunState.StartOfTakeover(new TakeoverFacts { MinimumGrade = EvidenceGrade.Fenced, AllowStop = true });
        Arm(EvidenceGrade.None, answers: true);
        Expect(FailoverStep.MoveSourceLink).Came(Done);
        Expect(FailoverStep.SealSource).Came(Lost);
        Expect(FailoverStep.DemoteSource).Came(Lost);
        Expect(FailoverStep.StopSource).Came(Done);
        Expect(FailoverStep.ChooseTower).Came(Done);
        Next.Should().Equal(FailoverStep.AssessEvidence);
        _state = _state.After(new StepObservation(FailoverStep.AssessEvidence, Done, Evidence: new EvidenceFacts(EvidenceGrade.None, MayReach: false, SourceAnswers: isShown, IsShown: isShown)));

        Expect(FailoverStep.ProbeOther).Saw(IdentityRole.Unstaked);

        if (isShown)
        {
            Next.Should().Equal(FailoverStep.ReturnKeeperVoters);
        }
        else
        {
            Expect(FailoverStep.ReleaseLocks).Came(Done);
            End.Should().Be(FailoverOutcome.Indeterminate, "the operator, or the next takeover, continues from here");
        }
    }

    private TakeoverProtocolTests Expect(params FailoverStep[] steps)
    {
        Next.Should().Equal(steps);
        return this;
    }

    private void Arm(EvidenceGrade grade, bool answers)
    {
        Expect(FailoverStep.Preflight).Came(Done);
        Expect(FailoverStep.AssessEvidence).Weighed(grade, answers);
        Expect(FailoverStep.Prepare).Came(Done);
    }

    private void Came(CallResult result) => _state = _state.After(new StepObservation(Next[0], result));

    private void Saw(IdentityRole role) => _state = _state.After(new StepObservation(Next[0], Done, role));

    private void Weighed(EvidenceGrade grade, bool answers, bool mayReach = true)
    {
        Next.Should().Equal(FailoverStep.AssessEvidence);
        _state = _state.After(new StepObservation(FailoverStep.AssessEvidence, Done, Evidence: new EvidenceFacts(grade, mayReach, answers)));
    }
}
