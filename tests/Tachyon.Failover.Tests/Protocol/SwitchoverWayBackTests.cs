using System.Collections.Immutable;
using FluentAssertions;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Xunit;

namespace Tachyon.Failover.Tests.Protocol;

/// <summary>The next step after a failure before the promotion is known to be done, from states in the middle.</summary>
public sealed class SwitchoverWayBackTests
{
    private static readonly CallResult Lost = CallResult.Unknown(CallFailure.ConnectionLost);

    /// <summary>Everything is given back, and the delivered files are removed.</summary>
    private static readonly SwitchoverState Restored = SwitchoverState.Start with
    {
        PreflightPassed = true,
        WindowOpen = true,
        Armed = true,
        TargetCleared = true,
        Setback = new StepObservation(SwitchoverStep.Seal, Lost),
        Tried = [SwitchoverStep.LookAtTarget],
        LastLook = CallResult.Done(),
    };

    private static readonly SwitchoverState Taken = Restored with { SourceVoters = false, SourceLink = IdentityRole.Unstaked, SourceIdentity = IdentityRole.Unstaked, TargetCleared = false };

    private static readonly SwitchoverState PromotionLost = Taken with { Promotion = CallOutcome.Unknown, TargetIdentity = IdentityRole.Unstaked };

    [Fact]
    public void Next_NothingWasSentToTheTarget_LooksAtItOnceBeforeTheSourceMayVote()
    {
        Next(Taken with { Tried = [] }).Should().Equal(SwitchoverStep.LookAtTarget);
        Next(Taken).Should().Equal(SwitchoverStep.RestoreVoters);
        Next(Restored with { Armed = false, Tried = [] }).Should().BeEmpty("nothing was changed before the arming");
    }

    [Fact]
    public void Next_APromotionMayComeLate_SealsLooksAndDemotesBeforeTheSourceMayVote()
    {
        Next(PromotionLost with { TargetIdentity = null }).Should().Equal(SwitchoverStep.LookAtTarget);
        Next(PromotionLost).Should().Equal(SwitchoverStep.SealTarget);
        Next(PromotionLost with { TargetVoters = null }).Should().Equal(SwitchoverStep.SealTarget);
        Next(PromotionLost with { TargetVoters = false }).Should().Equal(SwitchoverStep.DemoteTarget);
        Next(PromotionLost with { TargetVoters = false, TargetDemoted = true }).Should().Equal(SwitchoverStep.RestoreVoters);
        Next(PromotionLost with { Promotion = CallOutcome.NotDone }).Should().Equal(SwitchoverStep.RestoreVoters);
    }

    [Fact]
    public void Next_TheTargetIsRuledOut_GivesBackWhatWasTaken()
    {
        foreach (var voters in (bool?[])[false, null])
        {
            Next(Taken with { SourceVoters = voters }).Should().Equal(SwitchoverStep.RestoreVoters);
        }

        foreach (var link in (IdentityRole?[])[IdentityRole.Unstaked, null])
        {
            Next(Taken with { SourceVoters = true, SourceLink = link }).Should().Equal(SwitchoverStep.RestoreLink);
        }

        Next(Restored with { FenceMayComeLate = true }).Should().Equal([SwitchoverStep.RestoreIdentity], "a late fence would take it away again");
        Next(Restored with { SourceIdentity = null }).Should().Equal([SwitchoverStep.LookAtSource], "what it runs is not known");
        Next(Restored with { SourceIdentity = IdentityRole.Unstaked }).Should().Equal(SwitchoverStep.RestoreIdentity);
        Next(Restored with { TargetCleared = false }).Should().Equal(SwitchoverStep.ClearTarget);
        Next(Restored with { LocksHeld = true, LastLook = null }).Should().Equal([SwitchoverStep.SeeSourceVote], "the locks are kept until the source is seen to vote");
        Next(Restored with { LocksHeld = true }).Should().Equal(SwitchoverStep.Release);
        Next(Restored with { LocksHeld = null }).Should().Equal(SwitchoverStep.Release);
        SwitchoverProtocol.Next(Restored).End.Should().Be(SwitchoverOutcome.Undone);
    }

    [Theory]
    [InlineData(SwitchoverStep.RestoreVoters)]
    [InlineData(SwitchoverStep.RestoreLink)]
    [InlineData(SwitchoverStep.LookAtSource)]
    [InlineData(SwitchoverStep.RestoreIdentity)]
    public void Next_SomethingCannotBeGivenBack_DoesNotStandBeforeTheOthersAndIsNotCalledUndone(SwitchoverStep step)
    {
        var due = Restored with
        {
            SourceVoters = step != SwitchoverStep.RestoreVoters,
            SourceLink = step == SwitchoverStep.RestoreLink ? IdentityRole.Unstaked : IdentityRole.Staked,
            SourceIdentity = step == SwitchoverStep.LookAtSource ? null : step == SwitchoverStep.RestoreIdentity ? IdentityRole.Unstaked : IdentityRole.Staked,
            TargetCleared = false,
        };
        var given = due with { Refusals = due.Refusals.SetItem(step, 3) };

        Next(due with { Refusals = due.Refusals.SetItem(step, 2), Tried = due.Tried.Add(step) }).Should().Equal([step], "the locks are held, and there is time");
        SwitchoverProtocol.Next(given).End.Should().Be(SwitchoverOutcome.Indeterminate);
        if (step != SwitchoverStep.RestoreIdentity)
        {
            Next(given with { FenceMayComeLate = true }).Should().Equal(SwitchoverStep.RestoreIdentity);
        }
    }

    [Fact]
    public void H5_SourceWasGivenBackAllAndNoVoteOfItWasSeen_IsNotCalledUndone()
    {
        foreach (var result in (CallResult[])[CallResult.NotDone(CallFailure.TimedOut), Lost])
        {
            Next(Restored with { LocksHeld = true, LastLook = result }).Should().Equal(SwitchoverStep.Release);
            SwitchoverProtocol.Next(Restored with { LastLook = result }).End.Should().Be(SwitchoverOutcome.Indeterminate);
        }
    }

    [Fact]
    public void H5_LastLookFindsTheSourceWithoutTheIdentity_GivesItBackAndLooksAgain()
    {
        var state = (Restored with { LastLook = null }).After(new StepObservation(SwitchoverStep.SeeSourceVote, CallResult.NotDone(CallFailure.Refused), IdentityRole.Unstaked));

        Next(state).Should().Equal(SwitchoverStep.RestoreIdentity);
        Next(state.After(new StepObservation(SwitchoverStep.RestoreIdentity, CallResult.Done()))).Should().Equal(SwitchoverStep.SeeSourceVote);
    }

    [Fact]
    public void H5_LastLookFindsNothing_LooksWhichIdentityTheSourceRuns()
    {
        var state = (Restored with { LastLook = null }).After(new StepObservation(SwitchoverStep.SeeSourceVote, CallResult.NotDone(CallFailure.TimedOut)));

        Next(state).Should().Equal(SwitchoverStep.LookAtSource);
        state.Location.Should().Be(IdentityLocation.Unknown);
        Next(state.After(new StepObservation(SwitchoverStep.LookAtSource, CallResult.Done(), IdentityRole.Staked))).Should().Equal(SwitchoverStep.SeeSourceVote);
        SwitchoverProtocol.Next(state with { OutOfTime = true }).End.Should().Be(SwitchoverOutcome.Indeterminate);
    }

    [Fact]
    public void Next_ALateFenceCannotBeOvertaken_IsNotCalledUndone() =>
        SwitchoverProtocol.Next(Restored with { FenceMayComeLate = true, Refusals = Restored.Refusals.SetItem(SwitchoverStep.RestoreIdentity, 3) })
            .End.Should().Be(SwitchoverOutcome.Indeterminate);

    [Fact]
    public void Next_TheTimeIsUp_LeavesItToAPersonUnlessAllIsGivenBack()
    {
        SwitchoverProtocol.Next(Taken with { OutOfTime = true }).End.Should().Be(SwitchoverOutcome.Indeterminate);
        SwitchoverProtocol.Next(PromotionLost with { OutOfTime = true }).End.Should().Be(SwitchoverOutcome.Indeterminate);
        Next(Restored with { OutOfTime = true, TargetCleared = false }).Should().Equal([SwitchoverStep.ClearTarget], "it has not been tried");
        SwitchoverProtocol.Next(Restored with { OutOfTime = true }).End.Should().Be(SwitchoverOutcome.Undone);
    }

    [Theory]
    [InlineData(SwitchoverStep.ClearTarget)]
    [InlineData(SwitchoverStep.Release)]
    public void Next_TidyingUpIsRefused_IsUndoneAllTheSame(SwitchoverStep step)
    {
        var due = Restored with { TargetCleared = step != SwitchoverStep.ClearTarget, LocksHeld = step == SwitchoverStep.Release };

        Next(due with { Refusals = due.Refusals.SetItem(step, 2), Tried = due.Tried.Add(step) }).Should().Equal(step);
        SwitchoverProtocol.Next(due with { Refusals = due.Refusals.SetItem(step, 3) }).End.Should().Be(SwitchoverOutcome.Undone);
        SwitchoverProtocol.Next(due with { OutOfTime = true, Tried = due.Tried.Add(step) }).End.Should().Be(SwitchoverOutcome.Undone);
    }

    [Fact]
    public void Next_TheLocksWereNotHad_ClearsNothingAwayAndRefuses() =>
        SwitchoverProtocol.Next(Restored with { Armed = false, TargetCleared = false, Setback = new StepObservation(SwitchoverStep.Arm, Lost) })
            .End.Should().Be(SwitchoverOutcome.Refused, "what lies on the target is another coordinator's");

    [Theory]
    [InlineData(SwitchoverStep.Preflight)]
    [InlineData(SwitchoverStep.RestartWindow)]
    public void Next_ACheckSaysNo_Refuses(SwitchoverStep step) =>
        SwitchoverProtocol.Next(SwitchoverState.Start with { LocksHeld = null, Setback = new StepObservation(step, Lost) }).End.Should().Be(SwitchoverOutcome.Refused);

    private static ImmutableArray<SwitchoverStep> Next(SwitchoverState state) => SwitchoverProtocol.Next(state).Leg;
}
