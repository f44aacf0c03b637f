using FluentAssertions;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Tachyon.Failover.Takeover;
using Xunit;

namespace Tachyon.Failover.Tests.Protocol;

/// <summary>A target that an earlier run left sealed, because its promotion may still come: a failed arming leaves it sealed.</summary>
public sealed class SealedTargetTests
{
    private static readonly CallResult Refused = CallResult.NotDone(CallFailure.Unrecognised);
    private static readonly CallResult Lost = CallResult.Unknown(CallFailure.ConnectionLost);

    private static readonly SwitchoverState Looked = SwitchoverState.Start with { PreflightPassed = true, WindowOpen = true };

    private static readonly SwitchoverState TakeoverLooked = SwitchoverState.StartOfTakeover(new TakeoverFacts { LeastGrade = EvidenceGrade.Fenced }) with
    {
        PreflightPassed = true,
        Tried = [SwitchoverStep.Preflight, SwitchoverStep.Weigh],
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void H2_ArmingOpenedASealAndIsNotDone_SealsAgainBeforeTheLocksGo(bool isTakeover)
    {
        foreach (var result in (CallResult[])[Refused, Lost])
        {
            var state = (isTakeover ? TakeoverLooked : Looked).After(new StepObservation(SwitchoverStep.Arm, result) { OpenedSeal = true });

            Next(state).Should().Be(SwitchoverStep.SealTarget);
            state = state.After(new StepObservation(SwitchoverStep.SealTarget, Refused));
            Next(state).Should().Be(SwitchoverStep.SealTarget, "it is tried until it is done");
            state.TargetIsToBeSealedAgain.Should().BeTrue();
            state = state.After(new StepObservation(SwitchoverStep.SealTarget, CallResult.Done()));
            (state.TargetVoters, state.TargetIsToBeSealedAgain).Should().Be((false, false));
            Next(state).Should().Be(SwitchoverStep.Release);
            SwitchoverProtocol.Next(state.After(new StepObservation(SwitchoverStep.Release, CallResult.Done()))).End.Should().Be(SwitchoverOutcome.Refused, "nothing was moved");
        }
    }

    [Fact]
    public void H2_SealThatCannotBeClosedAgain_IsLeftToAnOperator()
    {
        var state = Looked
            .After(new StepObservation(SwitchoverStep.Arm, Lost) { OpenedSeal = true })
            .After(new StepObservation(SwitchoverStep.SealTarget, Lost)) with
        { OutOfTime = true };

        SwitchoverProtocol.Next(state).End.Should().Be(SwitchoverOutcome.Indeterminate);
        (state.Location, state.TargetVoters).Should().Be((IdentityLocation.Source, null));
    }

    /// <summary>The call hangs inside the validator: it may add the voters after they were removed again. The operator must know.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void H2_VotersMayBeGivenYet_IsNotCalledRefused(bool isTakeover)
    {
        var state = (isTakeover ? TakeoverLooked : Looked)
            .After(new StepObservation(SwitchoverStep.Arm, CallResult.Unknown(CallFailure.TimedOut)) { OpenedSeal = true })
            .After(new StepObservation(SwitchoverStep.SealTarget, CallResult.Done()))
            .After(new StepObservation(SwitchoverStep.Release, CallResult.Done()));

        SwitchoverProtocol.Next(state).End.Should().Be(SwitchoverOutcome.Indeterminate);
        Looked.After(new StepObservation(SwitchoverStep.Arm, CallResult.NotDone(CallFailure.TimedOut)) { OpenedSeal = true }).VotersMayComeLate.Should().BeFalse("it was not done");
        Looked.After(new StepObservation(SwitchoverStep.Arm, CallResult.Unknown(CallFailure.TimedOut))).VotersMayComeLate.Should().BeFalse("there was no seal");
    }

    [Fact]
    public void H2_ArmingOpenedASealAndIsDone_GoesOn()
    {
        var state = Looked.After(new StepObservation(SwitchoverStep.Arm, CallResult.Done()) { OpenedSeal = true });

        Next(state).Should().Be(SwitchoverStep.MoveSourceLink);
        (state.TargetVoters, state.TargetIsToBeSealedAgain).Should().Be((true, false));
    }

    [Fact]
    public void H2_ArmingOpenedNoSeal_SealsNothing()
    {
        var state = Looked.After(new StepObservation(SwitchoverStep.Arm, Refused));

        Next(state).Should().Be(SwitchoverStep.Release);
        (state.TargetVoters, state.TargetIsToBeSealedAgain).Should().Be((true, false));
    }

    private static SwitchoverStep Next(SwitchoverState state) => SwitchoverProtocol.Next(state).Leg.Should().ContainSingle().Subject;
}
