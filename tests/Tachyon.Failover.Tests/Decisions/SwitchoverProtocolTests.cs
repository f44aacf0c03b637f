using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

public sealed class SwitchoverProtocolTests
{
    private static readonly CallResult Refused = CallResult.NotDone(CallFailure.Unrecognized);
    private static readonly CallResult WindowLost = CallResult.NotDone(CallFailure.NoRestartWindow);
    private static readonly CallResult Lost = CallResult.Unknown(CallFailure.ConnectionLost);

    [Fact]
    public void Next_AllDone_TakesTheThirteenStepsInOrder() =>
        Walk(RunState.Start).Should().Equal(
            FailoverStep.Preflight,
            FailoverStep.AwaitRestartWindow,
            FailoverStep.Prepare,
            FailoverStep.MoveSourceLink,
            FailoverStep.DemoteSource,
            FailoverStep.AwaitLastVote,
            FailoverStep.SealSource,
            FailoverStep.DeliverTower,
            FailoverStep.PromoteTarget,
            FailoverStep.MoveTargetLink,
            FailoverStep.Verify,
            FailoverStep.CleanUp,
            FailoverStep.SeeTargetVote);

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
        explorer.Outcomes.Keys.Should().Contain([FailoverOutcome.Completed, FailoverOutcome.Refused, FailoverOutcome.RolledBack]);
        explorer.WaitedAgain.Should().BePositive();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Next_AnyMishapsAndALostWindowIsTheEnd_NeverTwoVotersAndTheResultIsTrue(bool sendsTogether)
    {
        var explorer = new ProtocolExplorer(mishaps: 2, sendsTogether, ClosedRestartWindow.Refuse);

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
        explorer.Outcomes.Keys.Should().Contain(FailoverOutcome.Indeterminate);
    }

    [Fact]
    public void Next_WindowLostAfterTheArming_ReleasesTheLocksAndWaitsAgain() =>
        WalkWith(FailoverStep.Prepare, WindowLost).Take(7).Should().Equal(
            FailoverStep.Preflight,
            FailoverStep.AwaitRestartWindow,
            FailoverStep.Prepare,
            FailoverStep.ReleaseLocks,
            FailoverStep.AwaitRestartWindow,
            FailoverStep.Prepare,
            FailoverStep.MoveSourceLink);

    /// <summary>A window that was never found is not a lost window: the wait has said that there is none, and is not repeated.</summary>
    [Fact]
    public void Next_NoWindowWasFound_RefusesAtOnce()
    {
        var walked = Walk(RunState.Start, step => step == FailoverStep.AwaitRestartWindow ? WindowLost : null, IdentityRole.Unstaked, out var end);

        walked.Should().Equal(FailoverStep.Preflight, FailoverStep.AwaitRestartWindow);
        end.Should().Be(FailoverOutcome.Refused);
    }

    [Fact]
    public void Next_WindowLostAndTheCallerGivesUpThen_RefusesAndNothingIsMoved()
    {
        var walked = Walk(
            RunState.Start with { OnClosedWindow = ClosedRestartWindow.Refuse }, step => step == FailoverStep.Prepare ? WindowLost : null, IdentityRole.Unstaked, out var end);

        walked.Should().Equal(FailoverStep.Preflight, FailoverStep.AwaitRestartWindow, FailoverStep.Prepare, FailoverStep.ReleaseLocks);
        end.Should().Be(FailoverOutcome.Refused);
    }

    [Fact]
    public void Next_WindowLostAndTheLocksCannotBeReleased_Refuses()
    {
        var walked = Walk(
            RunState.Start,
            step => step == FailoverStep.Prepare ? WindowLost : step == FailoverStep.ReleaseLocks ? Refused : null,
            IdentityRole.Unstaked,
            out var end);

        walked.Skip(3).Should().Equal(Enumerable.Repeat(FailoverStep.ReleaseLocks, SwitchoverProtocol.RefusalsTaken));
        end.Should().Be(FailoverOutcome.Refused);
    }

    [Fact]
    public void Next_WindowsAreLostAgainAndAgain_RefusesAtTheThird()
    {
        var walked = Walk(RunState.Start, step => step == FailoverStep.Prepare ? WindowLost : null, IdentityRole.Unstaked, out var end);

        walked.Count(step => step == FailoverStep.Prepare).Should().Be(3);
        walked[^1].Should().Be(FailoverStep.ReleaseLocks);
        end.Should().Be(FailoverOutcome.Refused);
    }

    [Fact]
    public void Next_NoOtherWindowComes_Refuses()
    {
        var lost = false;
        Walk(
            RunState.Start,
            step =>
            {
                lost |= step == FailoverStep.Prepare;
                return step == FailoverStep.Prepare ? WindowLost : step == FailoverStep.AwaitRestartWindow && lost ? CallResult.NotDone(CallFailure.TimedOut) : null;
            },
            IdentityRole.Unstaked,
            out var end);

        end.Should().Be(FailoverOutcome.Refused);
    }

    [Theory]
    [InlineData(nameof(FailoverStep.Preflight))]
    [InlineData(nameof(FailoverStep.AwaitRestartWindow))]
    public void Next_NothingMovedYet_RefusesWithoutTouchingAnything(string name) =>
        WalkWith(Enum.Parse<FailoverStep>(name), Refused).Should().NotContain([FailoverStep.Prepare, FailoverStep.MoveOtherTowerAside, FailoverStep.ReturnKeeperVoters]);

    [Fact]
    public void Next_LockHeldByAnother_TouchesNothingOnTheTarget() =>
        WalkWith(FailoverStep.Prepare, CallResult.NotDone(CallFailure.LockHeld))
            .Should().Equal(FailoverStep.Preflight, FailoverStep.AwaitRestartWindow, FailoverStep.Prepare, FailoverStep.ReleaseLocks);

    [Fact]
    public void Next_FenceRefused_IsReadBackBeforeItIsBelieved() =>
        WalkWith(FailoverStep.DemoteSource, Refused).Should().ContainInOrder(
            FailoverStep.ReturnKeeperVoters, FailoverStep.MoveKeeperLink, FailoverStep.ProbeKeeper);

    [Fact]
    public void Next_PromotionUnanswered_ProbesBeforeAnythingElse()
    {
        var walk = WalkWith(FailoverStep.PromoteTarget, Lost);

        walk.SkipWhile(step => step != FailoverStep.PromoteTarget).ElementAt(1).Should().Be(FailoverStep.ProbeOther);
    }

    [Fact]
    public void Next_PromotionUnansweredAndNotSeen_SealsAndDemotesTheTargetBeforeTheSourceMayVote() =>
        WalkWith(FailoverStep.PromoteTarget, Lost, targetRuns: IdentityRole.Unstaked).Should().ContainInOrder(
            FailoverStep.SealOther, FailoverStep.ProbeOther, FailoverStep.DemoteOther, FailoverStep.ProbeOther, FailoverStep.ReturnKeeperVoters);

    [Fact]
    public void Next_PromotionUnansweredButSeen_GoesForward() =>
        WalkWith(FailoverStep.PromoteTarget, Lost, targetRuns: IdentityRole.Staked).Should()
            .ContainInOrder(FailoverStep.ProbeOther, FailoverStep.MoveTargetLink, FailoverStep.Verify, FailoverStep.CleanUp)
            .And.NotContain(FailoverStep.ReturnKeeperVoters);

    [Fact]
    public void Next_LinkOfTheTargetIsRefused_IsTriedAFewTimesAndThenLeftToAPerson() =>
        WalkWith(FailoverStep.MoveTargetLink, Refused, always: true)
            .Count(step => step == FailoverStep.MoveTargetLink).Should().Be(SwitchoverProtocol.RefusalsTaken);

    [Fact]
    public void Next_SameState_GivesTheSameMove()
    {
        var state = RunState.Start with { PreflightPassed = true, WindowOpen = true, Armed = true };

        SwitchoverProtocol.Next(state).Leg.Should().Equal(SwitchoverProtocol.Next(state).Leg);
    }

    private static List<FailoverStep> Walk(RunState state) => Walk(state, _ => null, IdentityRole.Unstaked);

    private static List<FailoverStep> WalkWith(
        FailoverStep failing, CallResult result, IdentityRole targetRuns = IdentityRole.Unstaked, bool always = false)
    {
        var failed = false;
        return Walk(
            RunState.Start,
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

    private static List<FailoverStep> Walk(RunState state, Func<FailoverStep, CallResult?> failure, IdentityRole targetRuns) => Walk(state, failure, targetRuns, out _);

    private static List<FailoverStep> Walk(RunState state, Func<FailoverStep, CallResult?> failure, IdentityRole targetRuns, out FailoverOutcome? end)
    {
        var walked = new List<FailoverStep>();
        while (SwitchoverProtocol.Next(state) is { End: null } move)
        {
            walked.Count.Should().BeLessThan(100, "a walk must end");
            foreach (var step in move.Leg)
            {
                walked.Add(step);
                IdentityRole? seen = step switch
                {
                    FailoverStep.ProbeOther => targetRuns,
                    FailoverStep.ProbeKeeper => IdentityRole.Staked,
                    _ => null,
                };
                state = state.After(new StepObservation(step, failure(step) ?? CallResult.Done(), seen));
            }
        }

        end = SwitchoverProtocol.Next(state).End;
        return walked;
    }
}
