using System.Collections.Immutable;
using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The next step up to the promotion and after it, from states in the middle.</summary>
public sealed class SwitchoverWayForwardTests
{
    private static readonly StepObservation SomeSetback = new(FailoverStep.PromoteTarget, CallResult.Unknown(CallFailure.ConnectionLost));

    private static readonly RunState Fenced = RunState.Start with
    {
        PreflightPassed = true,
        WindowOpen = true,
        Armed = true,
        LocksHeld = true,
        SourceLink = IdentityRole.Unstaked,
        SourceIdentity = IdentityRole.Unstaked,
        SourceVoters = false,
    };

    private static readonly RunState Promoted = Fenced with { FinalTowerInHand = true, Promotion = CallOutcome.Done, TargetIdentity = IdentityRole.Staked };

    private static readonly RunState Moved = Promoted with { TargetLink = IdentityRole.Staked, Verified = true, Tidied = true, LastProbe = CallResult.Done() };

    [Fact]
    public void Next_BeforeThePromotion_TakesWhatIsMissing()
    {
        Next(Fenced with { PreflightPassed = false }).Should().Equal(FailoverStep.Preflight);
        Next(Fenced with { WindowOpen = false }).Should().Equal(FailoverStep.ReleaseLocks);
        Next(Fenced with { WindowOpen = false, LocksHeld = false }).Should().Equal(FailoverStep.AwaitRestartWindow);
        Next(Fenced with { Armed = false }).Should().Equal(FailoverStep.Prepare);
        Next(Fenced with { SourceLink = null }).Should().Equal(FailoverStep.MoveSourceLink);
        Next(Fenced with { SourceLink = IdentityRole.Staked }).Should().Equal(FailoverStep.MoveSourceLink);
        Next(Fenced).Should().Equal(FailoverStep.DemoteSource, FailoverStep.AwaitLastVote, FailoverStep.SealSource);
        Next(Fenced with { FinalTowerInHand = true }).Should().Equal(FailoverStep.DeliverTower, FailoverStep.PromoteTarget);
    }

    [Fact]
    public void Next_ALockWasLost_TouchesNothingMore()
    {
        foreach (var state in (RunState[])[Fenced, Promoted, RunState.StartOfRecovery])
        {
            SwitchoverProtocol.Next(state with { LockWasLost = true }).End.Should().Be(FailoverOutcome.Indeterminate, "another coordinator may be at work");
        }
    }

    [Fact]
    public void Next_ThePromotionIsDone_GoesForwardWhateverWentWrong() =>
        Next(Promoted with { FirstFailure = SomeSetback }).Should().Equal(FailoverStep.MoveTargetLink);

    [Fact]
    public void Next_TargetWasPromotedBySomebodyElse_TouchesNothing() =>
        SwitchoverProtocol.Next(Promoted with { Promotion = null }).End.Should().Be(FailoverOutcome.Indeterminate);

    [Fact]
    public void Next_Promoted_FinishesWhatIsLeftInTheOrderThatKeepsOneVoter()
    {
        foreach (var voters in (bool?[])[false, null])
        {
            Next(Promoted with { TargetVoters = voters, SourceLink = null }).Should().Equal(FailoverStep.UnsealTarget);
        }

        foreach (var link in (IdentityRole?[])[IdentityRole.Unstaked, null])
        {
            Next(Promoted with { TargetLink = link, SourceLink = null }).Should().Equal(FailoverStep.MoveTargetLink);
        }

        foreach (var link in (IdentityRole?[])[IdentityRole.Staked, null])
        {
            Next(Promoted with { TargetLink = IdentityRole.Staked, SourceLink = link }).Should().Equal(FailoverStep.MoveSourceLink);
        }

        Next(Promoted with { TargetLink = IdentityRole.Staked }).Should().Equal(FailoverStep.Verify);
        Next(Promoted with { TargetLink = IdentityRole.Staked, Verified = true }).Should().Equal(FailoverStep.CleanUp, FailoverStep.SeeTargetVote);
        Next(Promoted with { TargetLink = IdentityRole.Staked, Verified = true, LastProbe = CallResult.Done() }).Should().Equal(FailoverStep.CleanUp);
        Next(Moved with { LastProbe = null }).Should().Equal([FailoverStep.SeeTargetVote], "last of all, so that what is said is so when it is said");
        SwitchoverProtocol.Next(Moved).End.Should().Be(FailoverOutcome.Completed);
    }

    [Theory]
    [InlineData(nameof(FailoverStep.UnsealTarget))]
    [InlineData(nameof(FailoverStep.MoveTargetLink))]
    [InlineData(nameof(FailoverStep.MoveSourceLink))]
    [InlineData(nameof(FailoverStep.CleanUp))]
    public void Next_AStepAfterThePromotionIsRefused_IsAskedThreeTimesAndOnceIfTheTimeIsUp(string name)
    {
        var step = Enum.Parse<FailoverStep>(name);
        var due = Moved with
        {
            TargetVoters = step != FailoverStep.UnsealTarget,
            TargetLink = step == FailoverStep.MoveTargetLink ? null : IdentityRole.Staked,
            SourceLink = step == FailoverStep.MoveSourceLink ? null : IdentityRole.Unstaked,
            Tidied = step != FailoverStep.CleanUp,
        };

        Next(due with { Refusals = due.Refusals.SetItem(step, 2) }).Should().Equal(step);
        Next(due with { Refusals = due.Refusals.SetItem(step, 3) }).Should().BeEmpty();
        Next(due with { OutOfTime = true }).Should().Equal([step], "it has not been tried");
        Next(due with { Tried = [step] }).Should().Equal([step], "there is time");
        Next(due with { OutOfTime = true, Tried = [step] }).Should().BeEmpty();
    }

    [Fact]
    public void Next_NotVerified_IsAskedOnceAndNotCalledCompleted()
    {
        var due = Moved with { Verified = false };

        Next(due).Should().Equal(FailoverStep.Verify);
        SwitchoverProtocol.Next(due with { Refusals = due.Refusals.SetItem(FailoverStep.Verify, 1) }).End.Should().Be(FailoverOutcome.Indeterminate);
    }

    [Fact]
    public void E1_LastProbeDidNotShowAVote_IsNotCalledCompleted()
    {
        foreach (var result in (CallResult[])[CallResult.NotDone(CallFailure.TimedOut), CallResult.Unknown(CallFailure.ConnectionLost)])
        {
            SwitchoverProtocol.Next(Moved with { LastProbe = result }).End.Should().Be(FailoverOutcome.Indeterminate, "it is looked for once");
        }
    }

    [Fact]
    public void Next_TargetHasNotItsVoters_IsNotCalledCompleted()
    {
        var due = Moved with { TargetVoters = false };

        SwitchoverProtocol.Next(due with { Refusals = due.Refusals.SetItem(FailoverStep.UnsealTarget, 3) }).End.Should().Be(FailoverOutcome.Indeterminate);
    }

    [Fact]
    public void Next_ThePromotionWasTakenAway_LeavesTheSourcesTowerWhereItIs() =>
        SwitchoverProtocol.Next(Moved with { PromotionWasLost = true, Tidied = false, Verified = false, LastProbe = null, Refusals = Moved.Refusals.SetItem(FailoverStep.Verify, 1) })
            .End.Should().Be(FailoverOutcome.Indeterminate);

    private static ImmutableArray<FailoverStep> Next(RunState state) => SwitchoverProtocol.Next(state).Leg;
}
