using FluentAssertions;
using Tachyon.Failover.Execution;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Tachyon.Failover.Tests.Preflight;
using Xunit;

namespace Tachyon.Failover.Tests.Recovery;

/// <summary>The operator's follow-ups, in an order in which no second voter comes up.</summary>
public sealed class RecoveryFollowUpsTests
{
    private static readonly NodeFacts Active = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Staked, Link = IdentityRole.Staked, SavesTowers = true, HasTower = true };
    private static readonly NodeFacts Inactive = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Unstaked, Link = IdentityRole.Unstaked, HasTower = false };

    private readonly ValidatorPair _pair = new PreflightScene().Pair;

    [Fact]
    public void Of_PairInOrder_IsEmpty() => Of(new PairFacts { Source = Active, Target = Inactive }).Should().BeEmpty();

    [Fact]
    public void Of_NobodyVotes_SilencesTheOtherBeforeTheKeeperGetsAnything() =>
        Of(new PairFacts { Source = Inactive, Target = Inactive with { HasTower = true }, Newest = NewestTower.Both }).Select(todo => $"{todo.Node}: {todo.Command}").Should().Equal(
            "b: command RemoveAllAuthorizedVoters",
            "b: command TakeUnstakedIdentity",
            "b: command ShowContactInfo",
            "a: command AddAuthorizedVoters",
            "a: link a to Staked",
            "a: command TakeStakedIdentity",
            "b: command MoveTowerAside");

    [Fact]
    public void Of_OneVotesAndALinkIsWrong_NamesTheLink() =>
        Of(new PairFacts { Source = Inactive with { Link = IdentityRole.Staked }, Target = Active }).Select(todo => $"{todo.Node}: {todo.Command}").Should().Equal("a: link a to Unstaked");

    [Fact]
    public void Of_BothVote_NamesWhatStopsEither() =>
        Of(new PairFacts { Source = Active, Target = Active }).Where(todo => todo.Command == "command RemoveAllAuthorizedVoters").Select(todo => todo.Node).Should().Equal("b", "a");

    [Fact]
    public void Of_RecoveryThatCouldNotMoveTheOthersLink_NamesIt()
    {
        var facts = new PairFacts { Source = Inactive with { Link = null }, Target = Active };
        var state = RunState.StartOfRecovery.After(new StepObservation(FailoverStep.TakeLocks, CallResult.Done())).After(new StepObservation(FailoverStep.Diagnose, CallResult.Done(), Pair: facts));

        var turned = _pair with { Source = _pair.Target, Target = _pair.Source };

        RecoveryActions.Of(state, _pair, turned).Should().Contain(todo => todo.Node == "a" && todo.Command == "link a to Unstaked");
    }

    private IReadOnlyList<OperatorAction> Of(PairFacts facts) => RecoveryActions.Of(PairVerdict.Of(facts), facts, _pair);
}
