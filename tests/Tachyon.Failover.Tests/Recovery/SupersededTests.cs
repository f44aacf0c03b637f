using FluentAssertions;
using Tachyon.Failover.Journal;
using Xunit;

namespace Tachyon.Failover.Tests.Recovery;

/// <summary>A switchover that had to wait, and finds in its journal that another run has moved something before its own first change.</summary>
public sealed class SupersededTests
{
    private readonly RecoveryScene _scene = new();

    [Theory]
    [InlineData(nameof(FailoverStep.MoveSourceLink))]
    [InlineData(nameof(FailoverStep.PromoteTarget))]
    [InlineData(nameof(FailoverStep.PromoteKeeper))]
    public void SwitchoverAsync_AnotherHasMovedSomethingSince_IsRefusedWithItsNameAndMovesNothing(string name)
    {
        var moved = Enum.Parse<FailoverStep>(name);
        var before = _scene.Judge.Describe(withTowers: false);

        var result = SwitchoverDuring(journal => journal.Others("the-other-one", _scene.Staked, (JournalEvent.Begun, null), (JournalEvent.Intent, moved)));

        result.Outcome.Should().Be(FailoverOutcome.Refused, "{0}", result);
        result.Steps.Should().Contain(step => step.StepCode == FailoverStep.Prepare && step.Result.Failure == CallFailure.Superseded);
        result.Reason.Should().Contain("the-other-one");
        ShouldBeUntouched(before);
    }

    [Fact]
    public void SwitchoverAsync_AnotherThatBeganBeforeHasMovedSomethingSince_IsRefusedToo()
    {
        var journal = new StoryJournal(FailoverStep.Prepare, told => told.Others("an-older-one", _scene.Staked, (JournalEvent.Intent, FailoverStep.MoveSourceLink)));
        journal.Others("an-older-one", _scene.Staked, (JournalEvent.Begun, null));

        var result = _scene.Switchover(_scene.Coordinator(journal))!;

        result.Steps.Should().Contain(step => step.Result.Failure == CallFailure.Superseded, "{0}", result);
    }

    [Fact]
    public void SwitchoverAsync_AnotherHasBegunAndMovedNothing_GoesOn() =>
        SwitchoverDuring(journal => journal.Others(
            "the-other-one",
            _scene.Staked,
            (JournalEvent.Begun, null),
            (JournalEvent.Intent, FailoverStep.Preflight),
            (JournalEvent.Intent, FailoverStep.Prepare),
            (JournalEvent.NotDone, FailoverStep.Prepare),
            (JournalEvent.Ended, null))).Outcome.Should().Be(FailoverOutcome.Completed, "of two that come at once one must get through");

    [Fact]
    public void SwitchoverAsync_AnotherIdentityWasMoved_GoesOn() =>
        SwitchoverDuring(journal => journal.Others("the-other-one", _scene.B.Unstaked.Pubkey.ToString(), (JournalEvent.Begun, null), (JournalEvent.Intent, FailoverStep.PromoteTarget)))
            .Outcome.Should().Be(FailoverOutcome.Completed);

    [Fact]
    public void SwitchoverAsync_AnotherHasMovedSomethingBefore_GoesOn()
    {
        var journal = new StoryJournal(FailoverStep.Prepare, static _ => { });
        journal.Others("the-other-one", _scene.Staked, (JournalEvent.Begun, null), (JournalEvent.Intent, FailoverStep.MoveSourceLink), (JournalEvent.Done, FailoverStep.MoveSourceLink));

        _scene.Switchover(_scene.Coordinator(journal))!.Outcome.Should().Be(FailoverOutcome.Completed);
    }

    [Fact]
    public void SwitchoverAsync_JournalCannotBeRead_IsRefusedWithTheReason()
    {
        var before = _scene.Judge.Describe(withTowers: false);

        var result = SwitchoverDuring(static journal => journal.CanBeRead = false);

        result.Outcome.Should().Be(FailoverOutcome.Refused, "{0}", result);
        result.Reason.Should().Contain("Input/output error");
        ShouldBeUntouched(before);
    }

    [Fact]
    public void SwitchoverAsync_JournalDoesNotGiveBackWhatItWasGiven_IsRefused()
    {
        var before = _scene.Judge.Describe(withTowers: false);

        var result = _scene.Switchover(_scene.Coordinator(new StoryJournal(FailoverStep.Prepare, static _ => { }) { Forgets = true }))!;

        result.Outcome.Should().Be(FailoverOutcome.Refused, "{0}", result);
        result.Reason.Should().Contain(result.RunId.ToString());
        ShouldBeUntouched(before);
    }

    private FailoverResult SwitchoverDuring(Action<StoryJournal> arming) =>
        _scene.Switchover(_scene.Coordinator(new StoryJournal(FailoverStep.Prepare, arming)))!;

    private void ShouldBeUntouched(string before)
    {
        _scene.Judge.Describe(withTowers: false).Should().Be(before);
        _scene.A.Lock.Owner.Should().BeNull();
        _scene.B.Lock.Owner.Should().BeNull();
        _scene.Judge.Broken.Should().BeEmpty();
    }
}
