using System.Collections.Immutable;
using FluentAssertions;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Xunit;

namespace Tachyon.Failover.Tests.Protocol;

/// <summary>The next step of a recovery, from states in the middle.</summary>
public sealed class RecoveryMoveTests
{
    private static readonly NodeFacts Inactive = new() { Condition = NodeCondition.Answers, Identity = IdentityRole.Unstaked, Link = IdentityRole.Unstaked, HasTower = false };
    private static readonly NodeFacts Active = new() { Condition = NodeCondition.Answers, Identity = IdentityRole.Staked, Link = IdentityRole.Staked, SavesTowers = true };
    private static readonly NodeFacts Silent = Active with { SavesTowers = false };
    private static readonly NodeFacts Mute = new() { Condition = NodeCondition.Unreachable };

    private static readonly SwitchoverState Locked = SwitchoverState.StartOfRecovery.After(new StepObservation(SwitchoverStep.Lock, CallResult.Done()));

    /// <summary>One node votes, and the other was read: only the locks are left to release.</summary>
    private static readonly SwitchoverState Settled = Look(Locked, Active, Inactive) with { LocksHeld = false, Tried = [SwitchoverStep.Lock, SwitchoverStep.LookAtTarget] };

    private static readonly SwitchoverState SettledAtTarget = Look(Locked, Inactive, Active) with { LocksHeld = false, Tried = [SwitchoverStep.Lock, SwitchoverStep.LookAtTarget], LastLook = CallResult.Done() };

    [Fact]
    public void Next_GivenUpBeforeAnythingWasChanged_Refuses()
    {
        var given = new StepObservation(SwitchoverStep.Diagnose, CallResult.NotDone(CallFailure.Cancelled));

        SwitchoverProtocol.Next(SwitchoverState.StartOfRecovery with { Setback = given }).End.Should().Be(SwitchoverOutcome.Refused);
        Next(Locked with { Setback = given }).Should().Equal([SwitchoverStep.Release], "the locks are given back before");
        Next(Locked with { Setback = given, Tried = Locked.Tried.Add(SwitchoverStep.SealTarget) }).Should().Equal([SwitchoverStep.Diagnose], "a node was changed: the recovery continues");
        Next(Locked with { Setback = new StepObservation(SwitchoverStep.Diagnose, CallResult.NotDone(CallFailure.Unreachable)) }).Should().Equal(SwitchoverStep.Diagnose);
    }

    [Fact]
    public void Next_TheLocksAreNotHad_LooksOnceChangesNothingAndSaysWhy()
    {
        var refused = SwitchoverState.StartOfRecovery.After(new StepObservation(SwitchoverStep.Lock, CallResult.NotDone(CallFailure.LockHeld)));
        var failed = SwitchoverState.StartOfRecovery.After(new StepObservation(SwitchoverStep.Lock, CallResult.NotDone(CallFailure.Unreachable)));

        Next(refused).Should().Equal(SwitchoverStep.Diagnose);
        foreach (var (state, outcome) in new[] { (refused, SwitchoverOutcome.Refused), (failed, SwitchoverOutcome.Indeterminate) })
        {
            var looked = Look(state, Inactive, Inactive);

            Next(looked).Should().Equal([SwitchoverStep.Release], "one of the two may be held");
            SwitchoverProtocol.Next(looked with { LocksHeld = false }).End.Should().Be(outcome);
        }
    }

    [Fact]
    public void Next_ItIsNotToldWhoKeepsTheIdentity_LooksAgainWhileAnotherLookMayTell()
    {
        Next(Locked).Should().Equal(SwitchoverStep.Diagnose);
        Next(Look(Locked, Mute, Active)).Should().Equal(SwitchoverStep.Diagnose);
        SwitchoverProtocol.Next(Look(Locked, Mute, Active) with { OutOfTime = true, LocksHeld = false }).End.Should().Be(SwitchoverOutcome.Indeterminate);
        SwitchoverProtocol.Next(Look(Locked, Active, Active) with { LocksHeld = false }).End.Should().Be(SwitchoverOutcome.Indeterminate, "both vote, and no look will change it");
    }

    [Fact]
    public void Next_TheKeeperIsNotToldAnyMore_DoesNotGoOnWithTheOneBefore() =>
        Next(Look(Settled with { SourceLink = null }, Mute, Active)).Should().Equal(SwitchoverStep.Diagnose);

    [Fact]
    public void Next_TheOtherRunsTheIdentity_IsSealedBeforeItsLinkIsMoved()
    {
        var both = Look(Locked, Active, Silent);

        Next(both).Should().Equal([SwitchoverStep.SealTarget], "it may begin to vote at any moment");
        Next(both with { TargetVoters = false }).Should().Equal(SwitchoverStep.RestoreTargetLink);
        Next(both with { TargetIdentity = null }).Should().Equal([SwitchoverStep.RestoreTargetLink], "its identity is read after the link was moved");
        Next(both with { TargetIsDown = true }).Should().Equal([SwitchoverStep.RestoreTargetLink], "nothing runs that could be sealed");
        Next(both with { TargetLink = IdentityRole.Unstaked, TargetVoters = false }).Should().Equal(SwitchoverStep.DemoteTarget);
    }

    [Fact]
    public void Next_TheOtherIsDownAndCannotComeBackStaked_IsLeftAloneAndTheKeeperGetsItsVote()
    {
        var down = Look(Locked, Silent, new NodeFacts { Condition = NodeCondition.NotRunning, Link = IdentityRole.Unstaked, HasTower = false });

        Next(down).Should().Equal(SwitchoverStep.RestoreVoters);
        Next(down with { TargetLink = null }).Should().Equal(SwitchoverStep.RestoreTargetLink);
    }

    [Fact]
    public void Next_TheOthersLinkIsRefusedThreeTimes_GivesTheKeeperNothingBack()
    {
        var state = Look(Locked, Silent, Inactive with { Link = IdentityRole.Staked }) with { LocksHeld = false };
        state = state with { Tried = state.Tried.Add(SwitchoverStep.LookAtTarget) };

        Next(state with { Refusals = state.Refusals.SetItem(SwitchoverStep.RestoreTargetLink, 2) }).Should().Equal(SwitchoverStep.RestoreTargetLink);
        SwitchoverProtocol.Next(state with { Refusals = state.Refusals.SetItem(SwitchoverStep.RestoreTargetLink, 3) }).End.Should().Be(SwitchoverOutcome.Indeterminate);
    }

    [Fact]
    public void Next_TheKeeperVotesAndTheOthersLinkIsRefused_IsNotCalledRecovered()
    {
        var state = Settled with { TargetLink = IdentityRole.Staked, Refusals = Settled.Refusals.SetItem(SwitchoverStep.RestoreTargetLink, 3) };

        SwitchoverProtocol.Next(state).End.Should().Be(SwitchoverOutcome.Indeterminate, "a restart would bring the other back as a second voter");
        SwitchoverProtocol.Next(state with { TargetIsDown = true }).End.Should().Be(SwitchoverOutcome.Indeterminate);
    }

    [Fact]
    public void Next_TheKeeperCannotBeGivenItsOwn_LeavesItToAPerson()
    {
        var state = Settled with { SourceLink = IdentityRole.Unstaked };

        Next(state).Should().Equal(SwitchoverStep.RestoreLink);
        Next(state with { OutOfTime = true }).Should().Equal([SwitchoverStep.RestoreLink], "it was decided, and has not been tried");
        SwitchoverProtocol.Next(state with { OutOfTime = true, Tried = state.Tried.Add(SwitchoverStep.RestoreLink) }).End.Should().Be(SwitchoverOutcome.Indeterminate);
        SwitchoverProtocol.Next(state with { Refusals = state.Refusals.SetItem(SwitchoverStep.RestoreLink, 3) }).End.Should().Be(SwitchoverOutcome.Indeterminate);
    }

    [Fact]
    public void Next_AllIsGivenBackAndTheKeeperWasNotSeenToVote_LooksAgainAndClearsNothing()
    {
        var given = Look(Locked, Silent, Inactive) with { SourceVoters = true, LocksHeld = false, TargetCleared = false, Tried = [SwitchoverStep.Lock, SwitchoverStep.LookAtTarget] };

        Next(given).Should().Equal(SwitchoverStep.Diagnose);
        SwitchoverProtocol.Next(given with { OutOfTime = true }).End.Should().Be(SwitchoverOutcome.Indeterminate);
    }

    [Fact]
    public void Next_TheKeeperVotes_SaysWhereTheIdentityCameToBe()
    {
        SwitchoverProtocol.Next(Settled).End.Should().Be(SwitchoverOutcome.Undone);
        SwitchoverProtocol.Next(SettledAtTarget with { VotersReturned = true }).End.Should().Be(SwitchoverOutcome.Completed);
    }

    [Fact]
    public void E1_SomethingWasChanged_TheKeeperIsSeenToVoteBeforeTheLocksGo()
    {
        var changed = Settled with { LocksHeld = true, Tried = Settled.Tried.Add(SwitchoverStep.ClearTarget) };

        Next(changed).Should().Equal(SwitchoverStep.SeeSourceVote);
        Next(changed with { LastLook = CallResult.Done() }).Should().Equal(SwitchoverStep.Release);
        Next(Settled with { LocksHeld = true }).Should().Equal([SwitchoverStep.Release], "nothing was changed since it was seen to vote");
    }

    [Fact]
    public void Next_TheOldSourceGaveTheIdentityAway_GetsItsVotersBackUnlessItIsToStaySealed()
    {
        Next(SettledAtTarget).Should().Equal(SwitchoverStep.ReturnVoters);
        Next(Settled).Should().BeEmpty("a target keeps what it has");
        Next(SettledAtTarget with { TargetIsDown = true }).Should().BeEmpty("it has none to get");
        Next(SettledAtTarget with { TargetMayTakeIdentity = true }).Should().BeEmpty("with voters it could become a second voter");
        Next(SettledAtTarget with { TargetStaysSealed = true }).Should().BeEmpty("a run before left it so");
        Next(SettledAtTarget with { VotersReturned = true }).Should().BeEmpty("it has them");
    }

    [Theory]
    [InlineData(SwitchoverStep.ClearTarget)]
    [InlineData(SwitchoverStep.ReturnVoters)]
    [InlineData(SwitchoverStep.Release)]
    public void Next_TidyingUpIsRefused_IsAskedThreeTimesAndRecoveredAllTheSame(SwitchoverStep step)
    {
        var due = SettledAtTarget with
        {
            TargetCleared = step != SwitchoverStep.ClearTarget,
            VotersReturned = step != SwitchoverStep.ReturnVoters,
            LocksHeld = step == SwitchoverStep.Release,
        };

        Next(due with { Refusals = due.Refusals.SetItem(step, 2), Tried = due.Tried.Add(step) }).Should().Equal(step);
        SwitchoverProtocol.Next(due with { Refusals = due.Refusals.SetItem(step, 3) }).End.Should().Be(SwitchoverOutcome.Completed);
        SwitchoverProtocol.Next(due with { OutOfTime = true, Tried = due.Tried.Add(step) }).End.Should().Be(SwitchoverOutcome.Completed);
    }

    private static SwitchoverState Look(SwitchoverState state, NodeFacts source, NodeFacts target) => state.After(
        new StepObservation(SwitchoverStep.Diagnose, CallResult.Done(), Pair: new PairFacts { Source = source, Target = target, Newest = NewestTower.Source }));

    private static ImmutableArray<SwitchoverStep> Next(SwitchoverState state) => SwitchoverProtocol.Next(state).Leg;
}
