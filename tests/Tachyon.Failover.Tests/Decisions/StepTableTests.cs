using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>
/// What the table says of the steps, one question a test. A change here changes what a run refuses, undoes, or lets be canceled: say in the commit why this is right.
/// </summary>
public sealed class StepTableTests
{
    [Fact]
    public void All_OfTheSteps_AreThereOnceAndInOrder() =>
        StepTable.All.Select(one => one.Step).Should().Equal(Enum.GetValues<FailoverStep>());

    [Fact]
    public void Find_TheNameInTheJournal_IsTheStep()
    {
        StepTable.All.Should().OnlyContain(one => StepTable.Find(one.Step.ToString()) == one);
        StepTable.Find("a step of a later version").Should().BeNull();
        StepTable.Find(null).Should().BeNull();
    }

    [Fact]
    public void Phase_OfEveryStep_SaysHowFarARunIs()
    {
        Steps(one => one.Phase == FailoverPhase.Handover).Should().Equal(
            FailoverStep.MoveSourceLink,
            FailoverStep.DemoteSource,
            FailoverStep.AwaitLastVote,
            FailoverStep.SealSource,
            FailoverStep.DeliverTower,
            FailoverStep.StopSource,
            FailoverStep.FenceSource);
        Steps(one => one.Phase == FailoverPhase.Promotion).Should().Equal(
            FailoverStep.PromoteTarget,
            FailoverStep.MoveTargetLink,
            FailoverStep.Verify,
            FailoverStep.CleanUp,
            FailoverStep.SeeTargetVote,
            FailoverStep.UnsealTarget);
        Steps(one => one.Phase == FailoverPhase.Rollback).Should().Equal(
            FailoverStep.ProbeOther,
            FailoverStep.SealOther,
            FailoverStep.DemoteOther,
            FailoverStep.ReturnKeeperVoters,
            FailoverStep.MoveKeeperLink,
            FailoverStep.ProbeKeeper,
            FailoverStep.PromoteKeeper,
            FailoverStep.MoveOtherTowerAside,
            FailoverStep.SeeKeeperVote,
            FailoverStep.MoveOtherLink,
            FailoverStep.ReturnOtherVoters,
            FailoverStep.StopOther);
        Steps(one => one.Phase == FailoverPhase.Preparation).Should().Equal(
            FailoverStep.Preflight,
            FailoverStep.AwaitRestartWindow,
            FailoverStep.Prepare,
            FailoverStep.ReleaseLocks,
            FailoverStep.TakeLocks,
            FailoverStep.Diagnose,
            FailoverStep.AssessEvidence,
            FailoverStep.ChooseTower);
    }

    [Fact]
    public void Side_OfEveryStep_IsWhereItRuns()
    {
        Steps(one => one.Side is null).Should().Equal(
            FailoverStep.Preflight,
            FailoverStep.Prepare,
            FailoverStep.Verify,
            FailoverStep.CleanUp,
            FailoverStep.ReleaseLocks,
            FailoverStep.TakeLocks,
            FailoverStep.Diagnose,
            FailoverStep.AssessEvidence,
            FailoverStep.ChooseTower);
        Steps(one => one.Side == NodeSide.Target).Should().Equal(
            FailoverStep.DeliverTower,
            FailoverStep.PromoteTarget,
            FailoverStep.MoveTargetLink,
            FailoverStep.SeeTargetVote,
            FailoverStep.ProbeOther,
            FailoverStep.SealOther,
            FailoverStep.DemoteOther,
            FailoverStep.UnsealTarget,
            FailoverStep.MoveOtherTowerAside,
            FailoverStep.MoveOtherLink,
            FailoverStep.ReturnOtherVoters,
            FailoverStep.StopOther);
        Steps(one => one.Node is StepNode.Keeper or StepNode.Other).Should().OnlyContain(step => StepTable.Of(step).Phase == FailoverPhase.Rollback, "only a rollback and a recovery know these roles");
        Steps(one => one.Node == StepNode.Keeper).Should().Equal(
            FailoverStep.ReturnKeeperVoters,
            FailoverStep.MoveKeeperLink,
            FailoverStep.ProbeKeeper,
            FailoverStep.PromoteKeeper,
            FailoverStep.SeeKeeperVote);
    }

    [Fact]
    public void Change_OfAStepThatOnlyReads_IsNothing()
    {
        Steps(one => one.Change == StepChange.Nothing).Should().Equal(
            FailoverStep.Preflight,
            FailoverStep.AwaitRestartWindow,
            FailoverStep.SeeTargetVote,
            FailoverStep.ProbeOther,
            FailoverStep.ProbeKeeper,
            FailoverStep.ReleaseLocks,
            FailoverStep.SeeKeeperVote,
            FailoverStep.TakeLocks,
            FailoverStep.Diagnose,
            FailoverStep.AssessEvidence,
            FailoverStep.ChooseTower);
        Steps(one => one.Change == StepChange.OwnPreparation).Should().Equal(FailoverStep.Prepare);
    }

    [Fact]
    public void Cancel_BeforeAnythingIsMoved_IsAllowed()
    {
        Steps(one => one.Cancel == CancelRule.Always).Should().Equal(
            FailoverStep.Preflight,
            FailoverStep.AwaitRestartWindow,
            FailoverStep.Prepare,
            FailoverStep.AssessEvidence,
            FailoverStep.ChooseTower);
        Steps(one => one.Cancel == CancelRule.BeforeAnyChange).Should().Equal(FailoverStep.TakeLocks, FailoverStep.Diagnose);
        Steps(one => one.Cancel != CancelRule.Never).Should().OnlyContain(step => StepTable.Of(step).Change != StepChange.Moves, "what is moved is finished or given back");
    }

    [Fact]
    public void Failure_OfFewSteps_DoesNotTurnARunAround()
    {
        Steps(one => one.Failure == StepFailure.IsEvidence).Should().Equal(
            FailoverStep.MoveSourceLink,
            FailoverStep.DemoteSource,
            FailoverStep.SealSource,
            FailoverStep.StopSource,
            FailoverStep.FenceSource);
        Steps(one => one.Failure == StepFailure.CostsSpeed).Should().Equal(FailoverStep.AwaitLastVote);
        Steps(one => one.Failure == StepFailure.StaysPending).Should().Equal(FailoverStep.CleanUp);
    }

    [Fact]
    public void Journal_OfTheStepsThatLaterRunsReadOf_IsTheirEffect()
    {
        StepTable.All.Where(one => one.Journal != JournalEffect.None).Select(one => (one.Step, one.Journal)).Should().Equal(
            (FailoverStep.Prepare, JournalEffect.UnsealsBoth),
            (FailoverStep.PromoteTarget, JournalEffect.PromotesTarget),
            (FailoverStep.SealOther, JournalEffect.SealsTarget),
            (FailoverStep.UnsealTarget, JournalEffect.UnsealsTarget),
            (FailoverStep.PromoteKeeper, JournalEffect.PromotesSource),
            (FailoverStep.ReturnOtherVoters, JournalEffect.UnsealsTarget));
    }

    [Fact]
    public void ProbeAgain_OfARecovery_IsAfterTheseSteps()
    {
        StepTable.All.Where(one => one.ProbeAgain != ProbeAgain.IfNotDone).Select(one => (one.Step, one.ProbeAgain)).Should().Equal(
            (FailoverStep.ProbeOther, ProbeAgain.IfItContradicts),
            (FailoverStep.MoveKeeperLink, ProbeAgain.IfKeeperVoted),
            (FailoverStep.ReleaseLocks, ProbeAgain.Never),
            (FailoverStep.TakeLocks, ProbeAgain.Never),
            (FailoverStep.Diagnose, ProbeAgain.Never),
            (FailoverStep.MoveOtherLink, ProbeAgain.IfOtherWasDown));
    }

    [Fact]
    public void Picture_OfTheStepsThatChangeWhoVotes_IsDrawn()
    {
        StepTable.All.Where(one => one.Picture != StepPicture.Plain).Select(one => (one.Step, one.Picture)).Should().Equal(
            (FailoverStep.DemoteSource, StepPicture.DemotesSource),
            (FailoverStep.SealSource, StepPicture.SealsSource),
            (FailoverStep.DeliverTower, StepPicture.DeliversTower),
            (FailoverStep.PromoteTarget, StepPicture.Promotes),
            (FailoverStep.MoveTargetLink, StepPicture.ShowsPromoted),
            (FailoverStep.Verify, StepPicture.Afterwards),
            (FailoverStep.CleanUp, StepPicture.Afterwards),
            (FailoverStep.SeeTargetVote, StepPicture.Afterwards),
            (FailoverStep.SealOther, StepPicture.SealsOther),
            (FailoverStep.DemoteOther, StepPicture.DemotesOther),
            (FailoverStep.PromoteKeeper, StepPicture.Promotes),
            (FailoverStep.SeeKeeperVote, StepPicture.Afterwards));
    }

    [Fact]
    public void Planned_OfASwitchover_IsEachStepThatAnOperatorCouldDo()
    {
        StepTable.All.Where(one => one.Planned is not null).Select(one => (one.Step, one.Planned)).Should().Equal(
            (FailoverStep.Prepare, NodeSide.Target),
            (FailoverStep.MoveSourceLink, NodeSide.Source),
            (FailoverStep.DemoteSource, NodeSide.Source),
            (FailoverStep.AwaitLastVote, NodeSide.Source),
            (FailoverStep.SealSource, NodeSide.Source),
            (FailoverStep.DeliverTower, NodeSide.Target),
            (FailoverStep.PromoteTarget, NodeSide.Target),
            (FailoverStep.MoveTargetLink, NodeSide.Target),
            (FailoverStep.Verify, NodeSide.Target),
            (FailoverStep.CleanUp, NodeSide.Source),
            (FailoverStep.SeeTargetVote, NodeSide.Target));
        StepTable.All.Where(one => one.IsOfSwitchover).Select(one => (int)one.Step).Should().Equal(Enumerable.Range(1, 13), "the screen numbers them");
        Steps(one => one.RunsPreflight).Should().Equal(FailoverStep.Preflight, FailoverStep.Prepare);
        Steps(one => one.IsLastProbe).Should().Equal(FailoverStep.SeeTargetVote);
    }

    private static IEnumerable<FailoverStep> Steps(Func<StepDefinition, bool> question) => StepTable.All.Where(question).Select(one => one.Step);
}
