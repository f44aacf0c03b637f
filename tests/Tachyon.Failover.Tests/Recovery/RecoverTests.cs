using FluentAssertions;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Xunit;

namespace Tachyon.Failover.Tests.Recovery;

/// <summary>Recoveries of the simulated pair, each from a state with a story.</summary>
public sealed class RecoverTests
{
    private readonly RecoveryScene _scene = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RecoverAsync_TargetVotedAndRestartedUnstaked_FinishesThere(bool inTheSameDirection)
    {
        _scene.CrashBefore(FailoverStep.MoveTargetLink);
        _scene.World.Cluster.Run(TimeSpan.FromSeconds(4));
        _scene.B.KillValidator();
        _scene.World.Cluster.Run(TimeSpan.FromSeconds(60));

        var result = _scene.Recover(inTheSameDirection ? _scene.A : _scene.B);

        result.Diagnosis.State.Should().Be(PairState.NeitherVotes, "{0}", result);
        result.IdentityAt.Should().Be(inTheSameDirection ? IdentityLocation.Target : IdentityLocation.Source, "{0}", result);
        ShouldBeInOrder(result, voter: _scene.B, other: _scene.A);
        _scene.A.CanVote.Should().BeFalse();
    }

    [Fact]
    public void RecoverAsync_SealedAndNothingDelivered_UndoesToTheSource()
    {
        _scene.CrashBefore(FailoverStep.DeliverTower);

        var result = _scene.Recover();

        result.Diagnosis.Action.Should().Be(RecoveryAction.KeepAtSource, "{0}", result);
        ShouldBeInOrder(result, voter: _scene.A, other: _scene.B);
    }

    [Fact]
    public void RecoverAsync_PromotedAndNothingElse_FinishesAndGivesTheSourceItsVotersBack()
    {
        _scene.CrashBefore(FailoverStep.MoveTargetLink);

        var result = _scene.Recover();

        result.Diagnosis.State.Should().Be(PairState.ActiveOnTarget, "{0}", result);
        ShouldBeInOrder(result, voter: _scene.B, other: _scene.A);
        _scene.A.Process!.HasAuthorizedVoter.Should().BeTrue("it needs them for the way back");
        result.OperatorActions.Should().BeEmpty();
    }

    [Fact]
    public void RecoverAsync_ValidatorHasDiedAndStartsAgain_WaitsForIt()
    {
        _scene.A.KillValidator();

        var result = _scene.Recover();

        result.Steps.Count(step => step.StepCode == FailoverStep.Diagnose).Should().BeGreaterThan(1, "{0}", result);
        result.Diagnosis.Source.Condition.Should().Be(NodeCondition.Running);
        ShouldBeInOrder(result, voter: _scene.A, other: _scene.B, RecoveryOutcome.NothingToDo);
    }

    [Fact]
    public void RecoverAsync_SourceUnreachable_ChangesNothingAndNamesTheCommands()
    {
        _scene.CrashBefore(FailoverStep.DeliverTower);
        var coordinator = _scene.Coordinator();
        coordinator.WireTo(_scene.A).Partition();

        var result = _scene.Recover(coordinator: coordinator);

        result.Outcome.Should().Be(RecoveryOutcome.Indeterminate, "{0}", result);
        result.Diagnosis.State.Should().Be(PairState.Unknown);
        result.Diagnosis.Target.Votes.Should().BeFalse("what is known is said");
        result.Steps.Select(step => step.StepCode).Should().Equal(FailoverStep.TakeLocks, FailoverStep.Diagnose, FailoverStep.ReleaseLocks);
        result.OperatorActions.Select(todo => todo.Node).Should().Contain(["a", "b"]);
        _scene.B.RunsStaked.Should().BeFalse();
        _scene.B.Lock.Owner.Should().BeNull();
    }

    [Fact]
    public void RecoverAsync_LockIsHeld_IsRefusedWithTheHoldersName()
    {
        _scene.CrashBefore(FailoverStep.DeliverTower);
        var other = _scene.Coordinator();
        other.Run(() => other.Pair(_scene.A).Target.Lock.AcquireAsync("somebody else"));
        var before = _scene.Judge.Describe();

        var result = _scene.Recover();

        result.Outcome.Should().Be(RecoveryOutcome.Refused, "{0}", result);
        result.Reason.Should().Contain("somebody else");
        _scene.Judge.Describe().Should().Be(before);
        _scene.A.Lock.Owner.Should().BeNull("what it took it gave back");
        _scene.B.Lock.Holder.Should().Be("somebody else");
    }

    [Fact]
    public void RecoverAsync_CallerHasGivenUp_IsRefusedAndLeavesTheLocksFree()
    {
        _scene.CrashBefore(FailoverStep.DeliverTower);
        var before = _scene.Judge.Describe();
        using var giveUp = new CancellationTokenSource();
        giveUp.Cancel();

        var result = _scene.Recover(giveUp: giveUp);

        result.Outcome.Should().Be(RecoveryOutcome.Refused, "{0}", result);
        _scene.Judge.Describe().Should().Be(before);
        _scene.A.Lock.Owner.Should().BeNull();
        _scene.B.Lock.Owner.Should().BeNull();
    }

    [Fact]
    public void RecoverAsync_CallerGivesUpInTheMiddle_IsNotHeard()
    {
        _scene.CrashBefore(FailoverStep.DeliverTower);
        using var giveUp = new CancellationTokenSource();
        var coordinator = _scene.Coordinator(new StoryJournal(FailoverStep.ReturnKeeperVoters, _ => giveUp.Cancel()));

        var result = _scene.Recover(coordinator: coordinator, giveUp: giveUp);

        giveUp.IsCancellationRequested.Should().BeTrue();
        ShouldBeInOrder(result, voter: _scene.A, other: _scene.B);
    }

    [Fact]
    public void RecoverAsync_JournalCannotBeRead_IsMoreCarefulAndSaysSo()
    {
        var result = _scene.Recover(coordinator: _scene.Coordinator(new StoryJournal(FailoverStep.Prepare, static _ => { }) { CanBeRead = false }));

        result.Diagnosis.Notes.Should().ContainSingle(note => note.Text.Contains("Input/output error", StringComparison.Ordinal), "{0}", result);
        result.Steps.Select(step => step.StepCode).Should().ContainInOrder(FailoverStep.SealOther, FailoverStep.DemoteOther);
        result.OperatorActions.Should().ContainSingle(todo => todo.Node == "b" && todo.Command!.Contains("authorized-voter add", StringComparison.Ordinal), "{0}", result);
        ShouldBeInOrder(result, voter: _scene.A, other: _scene.B);
    }

    [Fact]
    public void RecoverAsync_JournalSpeaksOfAnOpenPromotion_RulesTheTargetOutAndNamesTheSwitchover()
    {
        var journal = new StoryJournal(FailoverStep.TakeLocks, static _ => { });
        journal.Others("earlier", _scene.Staked, (JournalEvent.Begun, null), (JournalEvent.Intent, FailoverStep.PromoteTarget), (JournalEvent.Unknown, FailoverStep.PromoteTarget));

        var result = _scene.Recover(coordinator: _scene.Coordinator(journal));
        var again = _scene.Recover(coordinator: _scene.Coordinator(journal));

        result.Diagnosis.Interrupted.Should().Equal(RunId.Parse("earlier"));
        result.Diagnosis.Action.Should().Be(RecoveryAction.KeepAtSource);
        result.Steps.Select(step => step.StepCode).Should().ContainInOrder(FailoverStep.SealOther, FailoverStep.DemoteOther, FailoverStep.ProbeOther);
        ShouldBeInOrder(result, voter: _scene.A, other: _scene.B);
        again.Diagnosis.Interrupted.Should().BeEmpty("the first has brought it to an end");
        again.Diagnosis.Action.Should().Be(RecoveryAction.NothingToDo, "{0}", again);
        again.Steps.Select(step => step.StepCode).Should().Equal(FailoverStep.TakeLocks, FailoverStep.Diagnose, FailoverStep.ProbeOther, FailoverStep.ReleaseLocks);
    }

    /// <summary>A run that holds its locks is not interrupted. No command is given to the operator in the middle of it.</summary>
    [Fact]
    public void W4_ARunThatHoldsItsLocks_IsInProgressAndNotInterrupted()
    {
        var journal = new StoryJournal(FailoverStep.TakeLocks, static _ => { });
        journal.Others("at-work", _scene.Staked, (JournalEvent.Begun, null), (JournalEvent.Intent, FailoverStep.DemoteSource));
        journal.Others("dead", _scene.Staked, (JournalEvent.Begun, null));
        var other = _scene.Coordinator();
        other.Run(() => other.Pair(_scene.A).Source.Lock.AcquireAsync("operator@laptop, process 7, run at-work"));

        var coordinator = _scene.Coordinator(journal);
        var diagnosis = coordinator.Run(() => new FailoverCoordinator(new FailoverOptions { Journal = coordinator.Journal }, timeProvider: coordinator.Time).DiagnoseAsync(coordinator.Pair(_scene.A)))!;

        diagnosis.Interrupted.Should().Equal(RunId.Parse("dead"));
        diagnosis.InProgress.Should().Equal("operator@laptop, process 7, run at-work");
        diagnosis.OperatorActions.Should().BeEmpty();
        diagnosis.ToString().Should().Contain("in progress, by operator@laptop, process 7, run at-work").And.NotContain("Interrupted: at-work");
    }

    [Fact]
    public void DiagnoseAsync_WhileAnotherIsAtWork_ProbesAllTheSame()
    {
        var other = _scene.Coordinator();
        other.Run(() => other.Pair(_scene.A).Target.Lock.AcquireAsync("somebody else"));

        var diagnosis = _scene.Diagnose();

        diagnosis.Should().BeEquivalentTo(new { State = PairState.ActiveOnSource, Action = RecoveryAction.NothingToDo, IdentityAt = IdentityLocation.Source, Interrupted = Array.Empty<RunId>() });
        diagnosis.InProgress.Should().Equal("somebody else");
        diagnosis.OperatorActions.Should().BeEmpty();
        diagnosis.LastLandedVote.Should().BePositive();
        diagnosis.ToString().Should().Contain("A recovery would change nothing.").And.Contain("a runs the staked identity; it votes");
    }

    private void ShouldBeInOrder(RecoveryResult result, SimulatedNode voter, SimulatedNode other, RecoveryOutcome outcome = RecoveryOutcome.Recovered)
    {
        result.Outcome.Should().Be(outcome, "{0}", result);
        _scene.World.Cluster.Run(TimeSpan.FromSeconds(5));
        voter.RunsStaked.Should().BeTrue();
        voter.CanVote.Should().BeTrue();
        voter.Link.Should().Be(IdentityRole.Staked);
        other.CanVote.Should().BeFalse();
        other.RunsStaked.Should().BeFalse();
        other.Link.Should().Be(IdentityRole.Unstaked);
        var chain = _scene.World.Cluster.Chain.Newest;
        chain.VoteAccount.LastSlot.Should().BeGreaterThan(chain.Slot - 8, "its votes land");
        _scene.Judge.ProbeVotes();
        _scene.Judge.ProbeLocks();
        _scene.Judge.Broken.Should().BeEmpty();
    }
}
