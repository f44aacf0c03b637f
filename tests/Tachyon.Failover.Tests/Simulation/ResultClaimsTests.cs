using FluentAssertions;
using Tachyon.Failover.Soak;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>The judge compares every result with the truth at its time (kind 5 and kind 11 of safety.md), and the soak counts what an operator would.</summary>
public sealed class ResultClaimsTests
{
    private static readonly TimeSpan JustNow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongAgo = TimeSpan.FromSeconds(4);

    private readonly SimulatedPair _pair = new(21);

    private IEnumerable<Invariant> Broken => _pair.Judge.Broken.Select(static broken => broken.Invariant);

    [Fact]
    public void K11_ResultIsTrue_NothingIsBroken()
    {
        _pair.Judge.CheckClaims(Switch());
        _pair.Judge.CheckClaims(Recover(), _pair.A);

        Broken.Should().BeEmpty();
    }

    [Fact]
    public void K11_CompletedAndTheTargetHasBeenDeadForSeconds_IsBroken()
    {
        var result = Switch();
        _pair.B.Crash(TimeSpan.FromMinutes(5));
        _pair.Pass(JustNow);
        _pair.Judge.CheckClaims(result);
        Broken.Should().BeEmpty("a look is always older than what is made from it");

        _pair.Pass(LongAgo);
        _pair.Judge.CheckClaims(result);
        Broken.Should().Equal(Invariant.ResultsAreTrue);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void K11_SomethingIsLeftToDo_IsBrokenUnlessItIsNamed(bool isNamed, bool isBroken)
    {
        var result = Switch();
        _pair.A.LinkTarget = NodePaths.Usual.KeypairOf(IdentityRole.Staked);
        _pair.Pass(LongAgo);
        _pair.Judge.CheckClaims(isNamed ? result.With(it => it.OperatorActions = [new OperatorAction { Node = "a", Reason = "its link" }]) : result);

        Broken.Contains(Invariant.ResultsAreTrue).Should().Be(isBroken);
    }

    [Fact]
    public void K11_RecoveredAndTheVoterHasNoVoters_IsBroken()
    {
        var result = Recover();
        _pair.A.Process!.RemoveAllAuthorizedVoters();
        _pair.A.Changed();
        _pair.Pass(LongAgo);
        _pair.Judge.CheckClaims(result, _pair.A);

        Broken.Should().Equal(Invariant.ResultsAreTrue);
    }

    [Fact]
    public void K11_NothingIsOwedAndTheJournalSaysOtherwise_IsBroken()
    {
        var result = Switch();
        _pair.Judge.HasPendingDemotion = node => node == _pair.A;
        _pair.Judge.CheckClaims(result);

        Broken.Should().Equal(Invariant.ResultsAreTrue);
    }

    [Fact]
    public void K11_TargetDiesAfterACompletedRun_IsCountedWithItsWordsAndTheSilence()
    {
        var aftermath = new Aftermath(_pair);
        Switch();
        aftermath.Completed(_pair.B);
        aftermath.TargetDied().Should().BeNull();
        _pair.Pass(TimeSpan.FromSeconds(20));
        aftermath.SecondsWithoutVote().Should().BeLessThan(2);

        // As at the start of a node with the same identity.
        _pair.Cluster.Gossip.Announce(new("a", _pair.B.Staked, _pair.B.WallClock, 0));
        _pair.Pass(TimeSpan.FromSeconds(30));

        aftermath.TargetDied().Should().StartWith("duplicate running instances");
        aftermath.SecondsWithoutVote().Should().BeGreaterThan(4);
        aftermath.NeitherVotes("").Should().BeNull("its supervisor has started it again");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void K11_NobodyVotesInTheEnd_IsToldWithTheReasonIfANodeCould(bool aNodeCould)
    {
        _pair.A.LinkTarget = NodePaths.Usual.KeypairOf(IdentityRole.Unstaked);
        _pair.A.KillValidator();
        _pair.Pass(TimeSpan.FromMinutes(1));
        if (!aNodeCould)
        {
            _pair.A.Crash(TimeSpan.FromHours(1));
            _pair.B.Crash(TimeSpan.FromHours(1));
        }

        new Aftermath(_pair).NeitherVotes("Refused: the lock of a, 12 s old\nand more").Should().Be(aNodeCould ? "Refused: the lock of a, # s old" : null);
    }

    private FailoverResult Switch()
    {
        var result = _pair.Run(() => new FailoverCoordinator(new FailoverOptions { MinimumIdle = null }, timeProvider: _pair.Time).SwitchoverAsync(_pair.FromAToB))!;
        result.Outcome.Should().Be(FailoverOutcome.Completed, result.ToString());
        return result;
    }

    private RecoveryResult Recover() => _pair.Run(() => new FailoverCoordinator(new FailoverOptions { MinimumIdle = null }, timeProvider: _pair.Time).RecoverAsync(_pair.FromAToB))!;
}
