using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>What the results and the loop ask of a state and of a move, so that neither names a step.</summary>
public sealed class RunQuestionsTests
{
    private static readonly CallResult No = CallResult.NotDone(CallFailure.Refused, "no");
    private static readonly CallResult TimedOut = CallResult.Unknown(CallFailure.TimedOut, "no answer");

    [Fact]
    public void DemotionTimedOut_OnlyTheDemotion_AndOnlyWithoutAnswer()
    {
        Failed(FailoverStep.DemoteSource, TimedOut).DemotionTimedOut.Should().BeTrue();
        Failed(FailoverStep.DemoteSource, No).DemotionTimedOut.Should().BeFalse("it was answered");
        Failed(FailoverStep.SealSource, TimedOut).DemotionTimedOut.Should().BeFalse();
        RunState.Start.DemotionTimedOut.Should().BeFalse();
    }

    [Fact]
    public void LacksEvidence_OnlyAnAssessmentThatWasMade_TurnsARunAroundByItsGrade()
    {
        Failed(FailoverStep.AssessEvidence, CallResult.Done("None")).LacksEvidence.Should().BeTrue();
        Failed(FailoverStep.AssessEvidence, No).LacksEvidence.Should().BeFalse("then the reason is another one");
        Failed(FailoverStep.ChooseTower, CallResult.Done()).LacksEvidence.Should().BeFalse();
    }

    [Fact]
    public void LastProbeAfterFailure_AnotherStepFailedBefore_IsToldAsWell()
    {
        (Failed(FailoverStep.Verify, No) with { LastProbe = TimedOut }).LastProbeAfterFailure.Should().Be(TimedOut);
        (Failed(FailoverStep.SeeKeeperVote, No) with { LastProbe = TimedOut }).LastProbeAfterFailure.Should().Be(TimedOut, "after a rollback the look is told with its own words");
        (Failed(FailoverStep.SeeTargetVote, No) with { LastProbe = TimedOut }).LastProbeAfterFailure.Should().BeNull("it is the failure itself");
        (Failed(FailoverStep.Verify, No) with { LastProbe = CallResult.Done() }).LastProbeAfterFailure.Should().BeNull("it saw a vote");
        (RunState.Start with { LastProbe = TimedOut }).LastProbeAfterFailure.Should().BeNull("nothing has failed");
    }

    [Theory]
    [InlineData(nameof(FailoverStep.SealOther), true)]
    [InlineData(nameof(FailoverStep.ReturnOtherVoters), true)]
    [InlineData(nameof(FailoverStep.UnsealTarget), false)]
    [InlineData(nameof(FailoverStep.MoveOtherLink), false)]
    public void TriedTargetVoters_OfAStep_IsWhetherItTouchesTheVotersOfTheOtherNode(string name, bool tried) =>
        (RunState.Start with { Tried = [Enum.Parse<FailoverStep>(name)] }).TriedTargetVoters.Should().Be(tried);

    [Theory]
    [InlineData(nameof(FailoverStep.MoveOtherLink), true)]
    [InlineData(nameof(FailoverStep.MoveTargetLink), false)]
    public void TriedTargetLink_OfAStep_IsWhetherItMovesTheLinkOfTheOtherNode(string name, bool tried) =>
        (RunState.Start with { Tried = [Enum.Parse<FailoverStep>(name)] }).TriedTargetLink.Should().Be(tried);

    [Fact]
    public void IsAnotherTry_TheSameStepOrAnotherProbe_WaitsBeforeIt()
    {
        NextMove.Take(FailoverStep.ProbeOther).IsAnotherTry([FailoverStep.ProbeOther]).Should().BeTrue();
        NextMove.Take(FailoverStep.SealOther).IsAnotherTry([FailoverStep.ProbeOther]).Should().BeFalse();
        NextMove.Take(FailoverStep.SealOther).IsAnotherTry([FailoverStep.SealOther, FailoverStep.ProbeOther]).Should().BeTrue("any step of a batch may be the one that is tried again");
        NextMove.Take(FailoverStep.Diagnose).IsAnotherTry([FailoverStep.PromoteKeeper]).Should().BeTrue("what was done takes a moment to show");
        NextMove.Take(FailoverStep.Diagnose).IsAnotherTry([FailoverStep.TakeLocks]).Should().BeFalse("it is the first look");
        NextMove.Finish(FailoverOutcome.RolledBack).IsAnotherTry([FailoverStep.ProbeOther]).Should().BeFalse();
    }

    private static RunState Failed(FailoverStep step, CallResult result) => RunState.Start with { FirstFailure = new StepObservation(step, result) };
}
