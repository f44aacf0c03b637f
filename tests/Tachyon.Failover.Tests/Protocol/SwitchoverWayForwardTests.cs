using System.Collections.Immutable;
using FluentAssertions;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Xunit;

namespace Tachyon.Failover.Tests.Protocol;

/// <summary>The next step up to the promotion and after it, from states in the middle.</summary>
public sealed class SwitchoverWayForwardTests
{
    private static readonly StepObservation SomeSetback = new(SwitchoverStep.Promote, CallResult.Unknown(CallFailure.ConnectionLost));

    private static readonly SwitchoverState Fenced = SwitchoverState.Start with
    {
        PreflightPassed = true,
        WindowOpen = true,
        Armed = true,
        LocksHeld = true,
        SourceLink = IdentityRole.Unstaked,
        SourceIdentity = IdentityRole.Unstaked,
        SourceVoters = false,
    };

    private static readonly SwitchoverState Promoted = Fenced with { FinalTowerInHand = true, Promotion = CallOutcome.Done, TargetIdentity = IdentityRole.Staked };

    private static readonly SwitchoverState Moved = Promoted with { TargetLink = IdentityRole.Staked, Verified = true, Tidied = true, LastLook = CallResult.Done() };

    [Fact]
    public void Next_BeforeThePromotion_TakesWhatIsMissing()
    {
        Next(Fenced with { PreflightPassed = false }).Should().Equal(SwitchoverStep.Preflight);
        Next(Fenced with { WindowOpen = false }).Should().Equal(SwitchoverStep.Release);
        Next(Fenced with { WindowOpen = false, LocksHeld = false }).Should().Equal(SwitchoverStep.RestartWindow);
        Next(Fenced with { Armed = false }).Should().Equal(SwitchoverStep.Arm);
        Next(Fenced with { SourceLink = null }).Should().Equal(SwitchoverStep.MoveSourceLink);
        Next(Fenced with { SourceLink = IdentityRole.Staked }).Should().Equal(SwitchoverStep.MoveSourceLink);
        Next(Fenced).Should().Equal(SwitchoverStep.Fence, SwitchoverStep.AwaitLastVote, SwitchoverStep.Seal);
        Next(Fenced with { FinalTowerInHand = true }).Should().Equal(SwitchoverStep.Deliver, SwitchoverStep.Promote);
    }

    [Fact]
    public void Next_TheRuleOfTheLinksIsBroken_MovesTheSourcesLinkAfterTheTargets()
    {
        var rules = SwitchoverRules.All with { MovesSourceLinkFirst = false };

        Next(Fenced with { Rules = rules, SourceLink = IdentityRole.Staked }).Should().StartWith([SwitchoverStep.Fence]);
        Next(Promoted with { Rules = rules, SourceLink = IdentityRole.Staked }).Should().Equal(SwitchoverStep.MoveTargetLink);
    }

    [Fact]
    public void Rules_OfASwitchover_AllHold() =>
        typeof(SwitchoverRules).GetProperties().Where(property => property.PropertyType == typeof(bool)).Should().OnlyContain(rule => (bool)rule.GetValue(SwitchoverRules.All)!)
            .And.HaveCountGreaterThan(4);

    [Fact]
    public void Next_ALockWasLost_TouchesNothingMore()
    {
        foreach (var state in (SwitchoverState[])[Fenced, Promoted, SwitchoverState.StartOfRecovery])
        {
            SwitchoverProtocol.Next(state with { LockWasLost = true }).End.Should().Be(SwitchoverOutcome.Indeterminate, "another coordinator may be at work");
        }
    }

    [Fact]
    public void Next_ThePromotionIsDone_GoesForwardWhateverWentWrong() =>
        Next(Promoted with { Setback = SomeSetback }).Should().Equal(SwitchoverStep.MoveTargetLink);

    [Fact]
    public void Next_TargetWasPromotedBySomebodyElse_TouchesNothing() =>
        SwitchoverProtocol.Next(Promoted with { Promotion = null }).End.Should().Be(SwitchoverOutcome.Indeterminate);

    [Fact]
    public void Next_Promoted_FinishesWhatIsLeftInTheOrderThatKeepsOneVoter()
    {
        foreach (var voters in (bool?[])[false, null])
        {
            Next(Promoted with { TargetVoters = voters, SourceLink = null }).Should().Equal(SwitchoverStep.UnsealTarget);
        }

        foreach (var link in (IdentityRole?[])[IdentityRole.Unstaked, null])
        {
            Next(Promoted with { TargetLink = link, SourceLink = null }).Should().Equal(SwitchoverStep.MoveTargetLink);
        }

        foreach (var link in (IdentityRole?[])[IdentityRole.Staked, null])
        {
            Next(Promoted with { TargetLink = IdentityRole.Staked, SourceLink = link }).Should().Equal(SwitchoverStep.MoveSourceLink);
        }

        Next(Promoted with { TargetLink = IdentityRole.Staked }).Should().Equal(SwitchoverStep.Verify);
        Next(Promoted with { TargetLink = IdentityRole.Staked, Verified = true }).Should().Equal(SwitchoverStep.Tidy);
        Next(Moved with { LastLook = null }).Should().Equal([SwitchoverStep.SeeTargetVote], "last of all, so that what is said is so when it is said");
        SwitchoverProtocol.Next(Moved).End.Should().Be(SwitchoverOutcome.Completed);
    }

    [Theory]
    [InlineData(SwitchoverStep.UnsealTarget)]
    [InlineData(SwitchoverStep.MoveTargetLink)]
    [InlineData(SwitchoverStep.MoveSourceLink)]
    [InlineData(SwitchoverStep.Tidy)]
    public void Next_AStepAfterThePromotionIsRefused_IsAskedThreeTimesAndOnceIfTheTimeIsUp(SwitchoverStep step)
    {
        var due = Moved with
        {
            TargetVoters = step != SwitchoverStep.UnsealTarget,
            TargetLink = step == SwitchoverStep.MoveTargetLink ? null : IdentityRole.Staked,
            SourceLink = step == SwitchoverStep.MoveSourceLink ? null : IdentityRole.Unstaked,
            Tidied = step != SwitchoverStep.Tidy,
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

        Next(due).Should().Equal(SwitchoverStep.Verify);
        SwitchoverProtocol.Next(due with { Refusals = due.Refusals.SetItem(SwitchoverStep.Verify, 1) }).End.Should().Be(SwitchoverOutcome.Indeterminate);
    }

    [Fact]
    public void E1_LastLookDidNotShowAVote_IsNotCalledCompleted()
    {
        foreach (var result in (CallResult[])[CallResult.NotDone(CallFailure.TimedOut), CallResult.Unknown(CallFailure.ConnectionLost)])
        {
            SwitchoverProtocol.Next(Moved with { LastLook = result }).End.Should().Be(SwitchoverOutcome.Indeterminate, "it is looked for once");
        }
    }

    [Fact]
    public void Next_TargetHasNotItsVoters_IsNotCalledCompleted()
    {
        var due = Moved with { TargetVoters = false };

        SwitchoverProtocol.Next(due with { Refusals = due.Refusals.SetItem(SwitchoverStep.UnsealTarget, 3) }).End.Should().Be(SwitchoverOutcome.Indeterminate);
    }

    [Fact]
    public void Next_ThePromotionWasTakenAway_LeavesTheSourcesTowerWhereItIs() =>
        SwitchoverProtocol.Next(Moved with { PromotionWasLost = true, Tidied = false, Verified = false, LastLook = null, Refusals = Moved.Refusals.SetItem(SwitchoverStep.Verify, 1) })
            .End.Should().Be(SwitchoverOutcome.Indeterminate);

    private static ImmutableArray<SwitchoverStep> Next(SwitchoverState state) => SwitchoverProtocol.Next(state).Leg;
}
