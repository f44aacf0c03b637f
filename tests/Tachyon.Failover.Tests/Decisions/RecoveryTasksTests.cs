using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>What an operator does by hand, in an order in which no second voter comes up.</summary>
public sealed class RecoveryTasksTests
{
    private static readonly NodeFacts Active = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Staked, Link = IdentityRole.Staked, SavesTowers = true, HasTower = true };
    private static readonly NodeFacts Inactive = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Unstaked, Link = IdentityRole.Unstaked, HasTower = false };

    private static readonly PairNames Names = new("a", "b");

    [Fact]
    public void Of_PairInOrder_IsEmpty() => Of(new PairFacts { Source = Active, Target = Inactive }).Should().BeEmpty();

    [Fact]
    public void Of_NobodyVotes_SilencesTheOtherBeforeTheKeeperGetsAnything() =>
        Of(new PairFacts { Source = Inactive, Target = Inactive with { HasTower = true }, Newest = NewestTower.Both }).Select(todo => $"{Names.On(todo.Node)}: {todo.Command}").Should().Equal(
            "b: RemoveAllAuthorizedVoters",
            "b: TakeUnstakedIdentity",
            "b: ShowContactInfo",
            "a: AddAuthorizedVoters",
            "a: PointLinkAtStaked",
            "a: TakeStakedIdentity",
            "b: MoveTowerAside");

    [Fact]
    public void Of_OneVotesAndALinkIsWrong_NamesTheLink() =>
        Of(new PairFacts { Source = Inactive with { Link = IdentityRole.Staked }, Target = Active }).Select(todo => $"{Names.On(todo.Node)}: {todo.Command}").Should().Equal("a: PointLinkAtUnstaked");

    [Fact]
    public void Of_BothVote_NamesWhatStopsEither() =>
        Of(new PairFacts { Source = Active, Target = Active }).Where(todo => todo.Command == TaskCommand.RemoveAllAuthorizedVoters).Select(todo => todo.Node).Should().Equal(NodeSide.Target, NodeSide.Source);

    [Fact]
    public void Of_RecoveryThatCouldNotMoveTheOthersLink_NamesIt()
    {
        var facts = new PairFacts { Source = Inactive with { Link = null }, Target = Active };
        var state = RunState.StartOfRecovery.After(new StepObservation(FailoverStep.TakeLocks, CallResult.Done())).After(new StepObservation(FailoverStep.Diagnose, CallResult.Done(), Pair: facts));

        state.IsTurned.Should().BeTrue("the target is the keeper");
        RecoveryTasks.Of(state, Names).Should().Contain(todo => todo.Node == NodeSide.Source && todo.Command == TaskCommand.PointLinkAtUnstaked);
    }

    private static IReadOnlyList<OperatorTask> Of(PairFacts facts) => RecoveryTasks.Of(PairVerdict.Of(facts), facts, Names);
}
