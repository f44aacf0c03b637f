using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>A target that an earlier run left sealed, because its promotion may still come: a failed arming leaves it sealed.</summary>
public sealed class SealedTargetTests
{
    private static readonly CallResult Refused = CallResult.NotDone(CallFailure.Unrecognized);
    private static readonly CallResult Lost = CallResult.Unknown(CallFailure.ConnectionLost);

    private static readonly RunState Probed = RunState.Start with { PreflightPassed = true, WindowOpen = true };

    private static readonly RunState TakeoverProbed = RunState.StartOfTakeover(new TakeoverFacts { MinimumGrade = EvidenceGrade.Fenced }) with
    {
        PreflightPassed = true,
        Tried = [FailoverStep.Preflight, FailoverStep.AssessEvidence],
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void H2_ArmingOpenedASealAndIsNotDone_SealsAgainBeforeTheLocksGo(bool isTakeover)
    {
        foreach (var result in (CallResult[])[Refused, Lost])
        {
            var state = (isTakeover ? TakeoverProbed : Probed).After(new StepObservation(FailoverStep.Prepare, result) { OpenedSeal = true });

            Next(state).Should().Be(FailoverStep.SealOther);
            state = state.After(new StepObservation(FailoverStep.SealOther, Refused));
            Next(state).Should().Be(FailoverStep.SealOther, "it is tried until it is done");
            state.TargetIsToBeSealedAgain.Should().BeTrue();
            state = state.After(new StepObservation(FailoverStep.SealOther, CallResult.Done()));
            (state.TargetVoters, state.TargetIsToBeSealedAgain).Should().Be((false, false));
            Next(state).Should().Be(FailoverStep.ReleaseLocks);
            SwitchoverProtocol.Next(state.After(new StepObservation(FailoverStep.ReleaseLocks, CallResult.Done()))).End.Should().Be(FailoverOutcome.Refused, "nothing was moved");
        }
    }

    [Fact]
    public void H2_SealThatCannotBeClosedAgain_IsLeftToAnOperator()
    {
        var state = Probed
            .After(new StepObservation(FailoverStep.Prepare, Lost) { OpenedSeal = true })
            .After(new StepObservation(FailoverStep.SealOther, Lost)) with
        { OutOfTime = true };

        SwitchoverProtocol.Next(state).End.Should().Be(FailoverOutcome.Indeterminate);
        (state.Location, state.TargetVoters).Should().Be((IdentityLocation.Source, null));
    }

    /// <summary>The call hangs inside the validator: it may add the voters after they were removed again. The operator must know.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void H2_VotersMayBeGivenYet_IsNotCalledRefused(bool isTakeover)
    {
        var state = (isTakeover ? TakeoverProbed : Probed)
            .After(new StepObservation(FailoverStep.Prepare, CallResult.Unknown(CallFailure.TimedOut)) { OpenedSeal = true })
            .After(new StepObservation(FailoverStep.SealOther, CallResult.Done()))
            .After(new StepObservation(FailoverStep.ReleaseLocks, CallResult.Done()));

        SwitchoverProtocol.Next(state).End.Should().Be(FailoverOutcome.Indeterminate);
        Probed.After(new StepObservation(FailoverStep.Prepare, CallResult.NotDone(CallFailure.TimedOut)) { OpenedSeal = true }).VotersMayComeLate.Should().BeFalse("it was not done");
        Probed.After(new StepObservation(FailoverStep.Prepare, CallResult.Unknown(CallFailure.TimedOut))).VotersMayComeLate.Should().BeFalse("there was no seal");
    }

    [Fact]
    public void H2_ArmingOpenedASealAndIsDone_GoesOn()
    {
        var state = Probed.After(new StepObservation(FailoverStep.Prepare, CallResult.Done()) { OpenedSeal = true });

        Next(state).Should().Be(FailoverStep.MoveSourceLink);
        (state.TargetVoters, state.TargetIsToBeSealedAgain).Should().Be((true, false));
    }

    [Fact]
    public void H2_ArmingOpenedNoSeal_SealsNothing()
    {
        var state = Probed.After(new StepObservation(FailoverStep.Prepare, Refused));

        Next(state).Should().Be(FailoverStep.ReleaseLocks);
        (state.TargetVoters, state.TargetIsToBeSealedAgain).Should().Be((true, false));
    }

    private static FailoverStep Next(RunState state) => SwitchoverProtocol.Next(state).Leg.Should().ContainSingle().Subject;
}
