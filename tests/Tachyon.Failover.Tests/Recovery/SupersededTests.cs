using FluentAssertions;
using Tachyon.Failover.Journal;
using Xunit;

namespace Tachyon.Failover.Tests.Recovery;

/// <summary>A switchover that had to wait, and finds in its journal that another run has moved something before its own first change.</summary>
public sealed class SupersededTests
{
    private readonly RecoveryScene _scene = new();

    [Theory]
    [InlineData(SwitchoverStep.MoveSourceLink)]
    [InlineData(SwitchoverStep.Promote)]
    [InlineData(SwitchoverStep.RestoreIdentity)]
    public void SwitchoverAsync_AnotherHasMovedSomethingSince_IsRefusedWithItsNameAndMovesNothing(SwitchoverStep moved)
    {
        var before = _scene.Judge.Describe(withTowers: false);

        var result = SwitchoverDuring(journal => journal.Others("the other one", _scene.Staked, (JournalEvent.Begun, null), (JournalEvent.Intended, moved)));

        result.Outcome.Should().Be(SwitchoverOutcome.Refused, "{0}", result);
        result.Steps.Should().Contain(step => step.Step == SwitchoverStep.Arm && step.Result.Failure == CallFailure.Superseded);
        result.Reason.Should().Contain("the other one");
        ShouldBeUntouched(before);
    }

    [Fact]
    public void SwitchoverAsync_AnotherThatBeganBeforeHasMovedSomethingSince_IsRefusedToo()
    {
        var journal = new StoryJournal(SwitchoverStep.Arm, told => told.Others("an older one", _scene.Staked, (JournalEvent.Intended, SwitchoverStep.MoveSourceLink)));
        journal.Others("an older one", _scene.Staked, (JournalEvent.Begun, null));

        var result = _scene.Switchover(_scene.Coordinator(journal))!;

        result.Steps.Should().Contain(step => step.Result.Failure == CallFailure.Superseded, "{0}", result);
    }

    [Fact]
    public void SwitchoverAsync_AnotherHasBegunAndMovedNothing_GoesOn() =>
        SwitchoverDuring(journal => journal.Others(
            "the other one",
            _scene.Staked,
            (JournalEvent.Begun, null),
            (JournalEvent.Intended, SwitchoverStep.Preflight),
            (JournalEvent.Intended, SwitchoverStep.Arm),
            (JournalEvent.NotDone, SwitchoverStep.Arm),
            (JournalEvent.Ended, null))).Outcome.Should().Be(SwitchoverOutcome.Completed, "of two that come at once one must get through");

    [Fact]
    public void SwitchoverAsync_AnotherIdentityWasMoved_GoesOn() =>
        SwitchoverDuring(journal => journal.Others("the other one", _scene.B.Unstaked.Pubkey.ToString(), (JournalEvent.Begun, null), (JournalEvent.Intended, SwitchoverStep.Promote)))
            .Outcome.Should().Be(SwitchoverOutcome.Completed);

    [Fact]
    public void SwitchoverAsync_AnotherHasMovedSomethingBefore_GoesOn()
    {
        var journal = new StoryJournal(SwitchoverStep.Arm, static _ => { });
        journal.Others("the other one", _scene.Staked, (JournalEvent.Begun, null), (JournalEvent.Intended, SwitchoverStep.MoveSourceLink), (JournalEvent.Done, SwitchoverStep.MoveSourceLink));

        _scene.Switchover(_scene.Coordinator(journal))!.Outcome.Should().Be(SwitchoverOutcome.Completed);
    }

    [Fact]
    public void SwitchoverAsync_JournalCannotBeRead_IsRefusedWithTheReason()
    {
        var before = _scene.Judge.Describe(withTowers: false);

        var result = SwitchoverDuring(static journal => journal.CanBeRead = false);

        result.Outcome.Should().Be(SwitchoverOutcome.Refused, "{0}", result);
        result.Reason.Should().Contain("Input/output error");
        ShouldBeUntouched(before);
    }

    [Fact]
    public void SwitchoverAsync_JournalDoesNotGiveBackWhatItWasGiven_IsRefused()
    {
        var before = _scene.Judge.Describe(withTowers: false);

        var result = _scene.Switchover(_scene.Coordinator(new StoryJournal(SwitchoverStep.Arm, static _ => { }) { Forgets = true }))!;

        result.Outcome.Should().Be(SwitchoverOutcome.Refused, "{0}", result);
        result.Reason.Should().Contain(result.Switchover);
        ShouldBeUntouched(before);
    }

    private FailoverResult SwitchoverDuring(Action<StoryJournal> arming) =>
        _scene.Switchover(_scene.Coordinator(new StoryJournal(SwitchoverStep.Arm, arming)))!;

    private void ShouldBeUntouched(string before)
    {
        _scene.Judge.Describe(withTowers: false).Should().Be(before);
        _scene.A.Lock.Owner.Should().BeNull();
        _scene.B.Lock.Owner.Should().BeNull();
        _scene.Judge.Broken.Should().BeEmpty();
    }
}
