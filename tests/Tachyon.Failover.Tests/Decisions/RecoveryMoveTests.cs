using System.Collections.Immutable;
using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The next step of a recovery, from states in the middle.</summary>
public sealed class RecoveryMoveTests
{
    private static readonly NodeFacts Inactive = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Unstaked, Link = IdentityRole.Unstaked, HasTower = false };
    private static readonly NodeFacts Active = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Staked, Link = IdentityRole.Staked, SavesTowers = true };
    private static readonly NodeFacts Silent = Active with { SavesTowers = false };
    private static readonly NodeFacts Mute = new() { Condition = NodeCondition.Unreachable };

    private static readonly RunState Locked = RunState.StartOfRecovery.After(new StepObservation(FailoverStep.TakeLocks, CallResult.Done()));

    /// <summary>One node votes, and the other was read: only the locks are left to release.</summary>
    private static readonly RunState Settled = Probe(Locked, Active, Inactive) with { LocksHeld = false, Tried = [FailoverStep.TakeLocks, FailoverStep.ProbeOther] };

    private static readonly RunState SettledAtTarget = Probe(Locked, Inactive, Active) with { LocksHeld = false, Tried = [FailoverStep.TakeLocks, FailoverStep.ProbeOther], LastProbe = CallResult.Done() };

    [Fact]
    public void Next_GivenUpBeforeAnythingWasChanged_Refuses()
    {
        var given = new StepObservation(FailoverStep.Diagnose, CallResult.NotDone(CallFailure.Canceled));

        SwitchoverProtocol.Next(RunState.StartOfRecovery with { FirstFailure = given }).End.Should().Be(FailoverOutcome.Refused);
        Next(Locked with { FirstFailure = given }).Should().Equal([FailoverStep.ReleaseLocks], "the locks are given back before");
        Next(Locked with { FirstFailure = given, Tried = Locked.Tried.Add(FailoverStep.SealOther) }).Should().Equal([FailoverStep.Diagnose], "a node was changed: the recovery continues");
        Next(Locked with { FirstFailure = new StepObservation(FailoverStep.Diagnose, CallResult.NotDone(CallFailure.Unreachable)) }).Should().Equal(FailoverStep.Diagnose);
    }

    [Fact]
    public void Next_TheLocksAreNotHad_ProbesOnceChangesNothingAndSaysWhy()
    {
        var refused = RunState.StartOfRecovery.After(new StepObservation(FailoverStep.TakeLocks, CallResult.NotDone(CallFailure.LockHeld)));
        var failed = RunState.StartOfRecovery.After(new StepObservation(FailoverStep.TakeLocks, CallResult.NotDone(CallFailure.Unreachable)));

        Next(refused).Should().Equal(FailoverStep.Diagnose);
        foreach (var (state, outcome) in new[] { (refused, FailoverOutcome.Refused), (failed, FailoverOutcome.Indeterminate) })
        {
            var looked = Probe(state, Inactive, Inactive);

            Next(looked).Should().Equal([FailoverStep.ReleaseLocks], "one of the two may be held");
            SwitchoverProtocol.Next(looked with { LocksHeld = false }).End.Should().Be(outcome);
        }
    }

    [Fact]
    public void Next_ItIsNotToldWhoKeepsTheIdentity_ProbesAgainWhileAnotherProbeMayTell()
    {
        Next(Locked).Should().Equal(FailoverStep.Diagnose);
        Next(Probe(Locked, Mute, Active)).Should().Equal(FailoverStep.Diagnose);
        SwitchoverProtocol.Next(Probe(Locked, Mute, Active) with { OutOfTime = true, LocksHeld = false }).End.Should().Be(FailoverOutcome.Indeterminate);
        SwitchoverProtocol.Next(Probe(Locked, Active, Active) with { LocksHeld = false }).End.Should().Be(FailoverOutcome.Indeterminate, "both vote, and no look will change it");
    }

    [Fact]
    public void Next_TheKeeperIsNotToldAnyMore_DoesNotGoOnWithTheOneBefore() =>
        Next(Probe(Settled with { SourceLink = null }, Mute, Active)).Should().Equal(FailoverStep.Diagnose);

    [Fact]
    public void Next_TheOtherRunsTheIdentity_IsSealedBeforeItsLinkIsMoved()
    {
        var both = Probe(Locked, Active, Silent);

        Next(both).Should().Equal([FailoverStep.SealOther], "it may begin to vote at any moment");
        Next(both with { TargetVoters = false }).Should().Equal(FailoverStep.MoveOtherLink);
        Next(both with { TargetIdentity = null }).Should().Equal([FailoverStep.MoveOtherLink], "its identity is read after the link was moved");
        Next(both with { Recovery = both.Recovery! with { OtherIsDown = true } }).Should().Equal([FailoverStep.MoveOtherLink], "nothing runs that could be sealed");
        Next(both with { TargetLink = IdentityRole.Unstaked, TargetVoters = false }).Should().Equal(FailoverStep.DemoteOther);
    }

    [Fact]
    public void Next_TheOtherIsDownAndCannotComeBackStaked_IsLeftAloneAndTheKeeperGetsItsVote()
    {
        var down = Probe(Locked, Silent, new NodeFacts { Condition = NodeCondition.NotRunning, Link = IdentityRole.Unstaked, HasTower = false });

        Next(down).Should().Equal(FailoverStep.ReturnKeeperVoters);
        Next(down with { TargetLink = null }).Should().Equal(FailoverStep.MoveOtherLink);
    }

    [Fact]
    public void Next_TheOthersLinkIsRefusedThreeTimes_GivesTheKeeperNothingBack()
    {
        var state = Probe(Locked, Silent, Inactive with { Link = IdentityRole.Staked }) with { LocksHeld = false };
        state = state with { Tried = state.Tried.Add(FailoverStep.ProbeOther) };

        Next(state with { Refusals = state.Refusals.SetItem(FailoverStep.MoveOtherLink, 2) }).Should().Equal(FailoverStep.MoveOtherLink);
        SwitchoverProtocol.Next(state with { Refusals = state.Refusals.SetItem(FailoverStep.MoveOtherLink, 3) }).End.Should().Be(FailoverOutcome.Indeterminate);
    }

    [Fact]
    public void Next_TheKeeperVotesAndTheOthersLinkIsRefused_IsNotCalledRecovered()
    {
        var state = Settled with { TargetLink = IdentityRole.Staked, Refusals = Settled.Refusals.SetItem(FailoverStep.MoveOtherLink, 3) };

        SwitchoverProtocol.Next(state).End.Should().Be(FailoverOutcome.Indeterminate, "a restart would bring the other back as a second voter");
        SwitchoverProtocol.Next(state with { Recovery = state.Recovery! with { OtherIsDown = true } }).End.Should().Be(FailoverOutcome.Indeterminate);
    }

    [Fact]
    public void Next_TheKeeperCannotBeGivenItsOwn_LeavesItToAPerson()
    {
        var state = Settled with { SourceLink = IdentityRole.Unstaked };

        Next(state).Should().Equal(FailoverStep.MoveKeeperLink);
        Next(state with { OutOfTime = true }).Should().Equal([FailoverStep.MoveKeeperLink], "it was decided, and has not been tried");
        SwitchoverProtocol.Next(state with { OutOfTime = true, Tried = state.Tried.Add(FailoverStep.MoveKeeperLink) }).End.Should().Be(FailoverOutcome.Indeterminate);
        SwitchoverProtocol.Next(state with { Refusals = state.Refusals.SetItem(FailoverStep.MoveKeeperLink, 3) }).End.Should().Be(FailoverOutcome.Indeterminate);
    }

    [Fact]
    public void Next_AllIsGivenBackAndTheKeeperWasNotSeenToVote_ProbesAgainAndClearsNothing()
    {
        var given = Probe(Locked, Silent, Inactive) with { SourceVoters = true, LocksHeld = false, TargetCleared = false, Tried = [FailoverStep.TakeLocks, FailoverStep.ProbeOther] };

        Next(given).Should().Equal(FailoverStep.Diagnose);
        SwitchoverProtocol.Next(given with { OutOfTime = true }).End.Should().Be(FailoverOutcome.Indeterminate);
    }

    [Fact]
    public void Next_TheKeeperVotes_SaysWhereTheIdentityCameToBe()
    {
        SwitchoverProtocol.Next(Settled).End.Should().Be(FailoverOutcome.RolledBack);
        SwitchoverProtocol.Next(SettledAtTarget with { Recovery = SettledAtTarget.Recovery! with { OtherVotersReturned = true } }).End.Should().Be(FailoverOutcome.Completed);
    }

    [Fact]
    public void E1_SomethingWasChanged_TheKeeperIsSeenToVoteBeforeTheLocksGo()
    {
        var changed = Settled with { LocksHeld = true, Tried = Settled.Tried.Add(FailoverStep.MoveOtherTowerAside) };

        Next(changed).Should().Equal(FailoverStep.SeeKeeperVote);
        Next(changed with { LastProbe = CallResult.Done() }).Should().Equal(FailoverStep.ReleaseLocks);
        Next(Settled with { LocksHeld = true }).Should().Equal([FailoverStep.ReleaseLocks], "nothing was changed since it was seen to vote");
    }

    [Fact]
    public void Next_TheOldSourceGaveTheIdentityAway_GetsItsVotersBackUnlessItIsToStaySealed()
    {
        Next(SettledAtTarget).Should().Equal(FailoverStep.ReturnOtherVoters);
        Next(Settled).Should().BeEmpty("a target keeps what it has");
        Next(SettledAtTarget with { Recovery = SettledAtTarget.Recovery! with { OtherIsDown = true } }).Should().BeEmpty("it has none to get");
        Next(SettledAtTarget with { Recovery = SettledAtTarget.Recovery! with { OtherMayTakeIdentity = true } }).Should().BeEmpty("with voters it could become a second voter");
        Next(SettledAtTarget with { Recovery = SettledAtTarget.Recovery! with { OtherStaysSealed = true } }).Should().BeEmpty("a run before left it so");
        Next(SettledAtTarget with { Recovery = SettledAtTarget.Recovery! with { OtherVotersReturned = true } }).Should().BeEmpty("it has them");
    }

    [Theory]
    [InlineData(nameof(FailoverStep.MoveOtherTowerAside))]
    [InlineData(nameof(FailoverStep.ReturnOtherVoters))]
    [InlineData(nameof(FailoverStep.ReleaseLocks))]
    public void Next_TidyingUpIsRefused_IsAskedThreeTimesAndRecoveredAllTheSame(string name)
    {
        var step = Enum.Parse<FailoverStep>(name);
        var due = SettledAtTarget with
        {
            TargetCleared = step != FailoverStep.MoveOtherTowerAside,
            Recovery = SettledAtTarget.Recovery! with { OtherVotersReturned = step != FailoverStep.ReturnOtherVoters },
            LocksHeld = step == FailoverStep.ReleaseLocks,
        };

        Next(due with { Refusals = due.Refusals.SetItem(step, 2), Tried = due.Tried.Add(step) }).Should().Equal(step);
        SwitchoverProtocol.Next(due with { Refusals = due.Refusals.SetItem(step, 3) }).End.Should().Be(FailoverOutcome.Completed);
        SwitchoverProtocol.Next(due with { OutOfTime = true, Tried = due.Tried.Add(step) }).End.Should().Be(FailoverOutcome.Completed);
    }

    private static RunState Probe(RunState state, NodeFacts source, NodeFacts target) => state.After(
        new StepObservation(FailoverStep.Diagnose, CallResult.Done(), Pair: new PairFacts { Source = source, Target = target, Newest = NewestTower.Source }));

    private static ImmutableArray<FailoverStep> Next(RunState state) => SwitchoverProtocol.Next(state).Leg;
}
