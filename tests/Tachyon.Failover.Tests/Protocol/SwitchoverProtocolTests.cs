using FluentAssertions;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Xunit;

namespace Tachyon.Failover.Tests.Protocol;

public sealed class SwitchoverProtocolTests
{
    private static readonly CallResult Refused = CallResult.NotDone(CallFailure.Unrecognised);
    private static readonly CallResult WindowLost = CallResult.NotDone(CallFailure.NoRestartWindow);
    private static readonly CallResult Lost = CallResult.Unknown(CallFailure.ConnectionLost);

    [Fact]
    public void Next_AllDone_TakesTheThirteenStepsInOrder() =>
        Walk(SwitchoverState.Start).Should().Equal(
            SwitchoverStep.Preflight,
            SwitchoverStep.RestartWindow,
            SwitchoverStep.Arm,
            SwitchoverStep.MoveSourceLink,
            SwitchoverStep.Fence,
            SwitchoverStep.AwaitLastVote,
            SwitchoverStep.Seal,
            SwitchoverStep.Deliver,
            SwitchoverStep.Promote,
            SwitchoverStep.MoveTargetLink,
            SwitchoverStep.Verify,
            SwitchoverStep.Tidy,
            SwitchoverStep.SeeTargetVote);

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public void Next_AnyMishaps_NeverTwoVotersAndTheResultIsTrue(int mishaps, bool sendsTogether)
    {
        var explorer = new ProtocolExplorer(mishaps, sendsTogether);

        explorer.Explore();

        explorer.Broken.Should().BeEmpty();
        explorer.Outcomes.Keys.Should().Contain([SwitchoverOutcome.Completed, SwitchoverOutcome.Refused, SwitchoverOutcome.Undone]);
        explorer.WaitedAgain.Should().BePositive();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Next_AnyMishapsAndALostWindowIsTheEnd_NeverTwoVotersAndTheResultIsTrue(bool sendsTogether)
    {
        var explorer = new ProtocolExplorer(mishaps: 2, sendsTogether, LostRestartWindow.GiveUp);

        explorer.Explore();

        explorer.Broken.Should().BeEmpty();
        explorer.WaitedAgain.Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void E1_AnyMishapsAndTheTargetRestartsAfterItsPromotion_TheResultIsTrue(bool sendsTogether)
    {
        var explorer = new ProtocolExplorer(mishaps: 2, sendsTogether, restarts: true);

        explorer.Explore();

        explorer.Broken.Should().BeEmpty();
        explorer.Outcomes.Keys.Should().Contain(SwitchoverOutcome.Indeterminate);
    }

    [Fact]
    public void Next_WindowLostAfterTheArming_ReleasesTheLocksAndWaitsAgain() =>
        WalkWith(SwitchoverStep.Arm, WindowLost).Take(7).Should().Equal(
            SwitchoverStep.Preflight,
            SwitchoverStep.RestartWindow,
            SwitchoverStep.Arm,
            SwitchoverStep.Release,
            SwitchoverStep.RestartWindow,
            SwitchoverStep.Arm,
            SwitchoverStep.MoveSourceLink);

    /// <summary>A window that was never found is not a lost window: the wait has said that there is none, and is not repeated.</summary>
    [Fact]
    public void Next_NoWindowWasFound_RefusesAtOnce()
    {
        var walked = Walk(SwitchoverState.Start, step => step == SwitchoverStep.RestartWindow ? WindowLost : null, IdentityRole.Unstaked, out var end);

        walked.Should().Equal(SwitchoverStep.Preflight, SwitchoverStep.RestartWindow);
        end.Should().Be(SwitchoverOutcome.Refused);
    }

    [Fact]
    public void Next_WindowLostAndTheCallerGivesUpThen_RefusesAndNothingIsMoved()
    {
        var walked = Walk(
            SwitchoverState.Start with { OnLostWindow = LostRestartWindow.GiveUp }, step => step == SwitchoverStep.Arm ? WindowLost : null, IdentityRole.Unstaked, out var end);

        walked.Should().Equal(SwitchoverStep.Preflight, SwitchoverStep.RestartWindow, SwitchoverStep.Arm, SwitchoverStep.Release);
        end.Should().Be(SwitchoverOutcome.Refused);
    }

    [Fact]
    public void Next_WindowLostAndTheLocksCannotBeReleased_Refuses()
    {
        var walked = Walk(
            SwitchoverState.Start,
            step => step == SwitchoverStep.Arm ? WindowLost : step == SwitchoverStep.Release ? Refused : null,
            IdentityRole.Unstaked,
            out var end);

        walked.Skip(3).Should().Equal(Enumerable.Repeat(SwitchoverStep.Release, SwitchoverProtocol.RefusalsTaken));
        end.Should().Be(SwitchoverOutcome.Refused);
    }

    [Fact]
    public void Next_WindowsAreLostAgainAndAgain_RefusesAtTheThird()
    {
        var walked = Walk(SwitchoverState.Start, step => step == SwitchoverStep.Arm ? WindowLost : null, IdentityRole.Unstaked, out var end);

        walked.Count(step => step == SwitchoverStep.Arm).Should().Be(3);
        walked[^1].Should().Be(SwitchoverStep.Release);
        end.Should().Be(SwitchoverOutcome.Refused);
    }

    [Fact]
    public void Next_NoOtherWindowComes_Refuses()
    {
        var lost = false;
        Walk(
            SwitchoverState.Start,
            step =>
            {
                lost |= step == SwitchoverStep.Arm;
                return step == SwitchoverStep.Arm ? WindowLost : step == SwitchoverStep.RestartWindow && lost ? CallResult.NotDone(CallFailure.TimedOut) : null;
            },
            IdentityRole.Unstaked,
            out var end);

        end.Should().Be(SwitchoverOutcome.Refused);
    }

    [Theory]
    [InlineData(SwitchoverStep.Preflight)]
    [InlineData(SwitchoverStep.RestartWindow)]
    public void Next_NothingMovedYet_RefusesWithoutTouchingAnything(SwitchoverStep failing) =>
        WalkWith(failing, Refused).Should().NotContain([SwitchoverStep.Arm, SwitchoverStep.ClearTarget, SwitchoverStep.RestoreVoters]);

    [Fact]
    public void Next_LockHeldByAnother_TouchesNothingOnTheTarget() =>
        WalkWith(SwitchoverStep.Arm, CallResult.NotDone(CallFailure.LockHeld))
            .Should().Equal(SwitchoverStep.Preflight, SwitchoverStep.RestartWindow, SwitchoverStep.Arm, SwitchoverStep.Release);

    [Fact]
    public void Next_FenceRefused_IsReadBackBeforeItIsBelieved() =>
        WalkWith(SwitchoverStep.Fence, Refused).Should().ContainInOrder(
            SwitchoverStep.RestoreVoters, SwitchoverStep.RestoreLink, SwitchoverStep.LookAtSource);

    [Fact]
    public void Next_PromotionUnanswered_LooksBeforeAnythingElse()
    {
        var walk = WalkWith(SwitchoverStep.Promote, Lost);

        walk.SkipWhile(step => step != SwitchoverStep.Promote).ElementAt(1).Should().Be(SwitchoverStep.LookAtTarget);
    }

    [Fact]
    public void Next_PromotionUnansweredAndNotSeen_SealsAndDemotesTheTargetBeforeTheSourceMayVote() =>
        WalkWith(SwitchoverStep.Promote, Lost, targetRuns: IdentityRole.Unstaked).Should().ContainInOrder(
            SwitchoverStep.SealTarget, SwitchoverStep.LookAtTarget, SwitchoverStep.DemoteTarget, SwitchoverStep.LookAtTarget, SwitchoverStep.RestoreVoters);

    [Fact]
    public void Next_PromotionUnansweredButSeen_GoesForward() =>
        WalkWith(SwitchoverStep.Promote, Lost, targetRuns: IdentityRole.Staked).Should()
            .ContainInOrder(SwitchoverStep.LookAtTarget, SwitchoverStep.MoveTargetLink, SwitchoverStep.Verify, SwitchoverStep.Tidy)
            .And.NotContain(SwitchoverStep.RestoreVoters);

    [Fact]
    public void Next_LinkOfTheTargetIsRefused_IsTriedAFewTimesAndThenLeftToAPerson() =>
        WalkWith(SwitchoverStep.MoveTargetLink, Refused, always: true)
            .Count(step => step == SwitchoverStep.MoveTargetLink).Should().Be(SwitchoverProtocol.RefusalsTaken);

    [Fact]
    public void Next_SameState_GivesTheSameMove()
    {
        var state = SwitchoverState.Start with { PreflightPassed = true, WindowOpen = true, Armed = true };

        SwitchoverProtocol.Next(state).Leg.Should().Equal(SwitchoverProtocol.Next(state).Leg);
    }

    private static List<SwitchoverStep> Walk(SwitchoverState state) => Walk(state, _ => null, IdentityRole.Unstaked);

    private static List<SwitchoverStep> WalkWith(
        SwitchoverStep failing, CallResult result, IdentityRole targetRuns = IdentityRole.Unstaked, bool always = false)
    {
        var failed = false;
        return Walk(
            SwitchoverState.Start,
            step =>
            {
                if (step != failing || (failed && !always))
                {
                    return null;
                }

                failed = true;
                return result;
            },
            targetRuns);
    }

    private static List<SwitchoverStep> Walk(SwitchoverState state, Func<SwitchoverStep, CallResult?> failure, IdentityRole targetRuns) => Walk(state, failure, targetRuns, out _);

    private static List<SwitchoverStep> Walk(SwitchoverState state, Func<SwitchoverStep, CallResult?> failure, IdentityRole targetRuns, out SwitchoverOutcome? end)
    {
        var walked = new List<SwitchoverStep>();
        while (SwitchoverProtocol.Next(state) is { End: null } move)
        {
            walked.Count.Should().BeLessThan(100, "a walk must end");
            foreach (var step in move.Leg)
            {
                walked.Add(step);
                IdentityRole? seen = step switch
                {
                    SwitchoverStep.LookAtTarget => targetRuns,
                    SwitchoverStep.LookAtSource => IdentityRole.Staked,
                    _ => null,
                };
                state = state.After(new StepObservation(step, failure(step) ?? CallResult.Done(), seen));
            }
        }

        end = SwitchoverProtocol.Next(state).End;
        return walked;
    }
}
