using FluentAssertions;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Judge;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>What the judge reports, and what it attributes to the debt: stories after a takeover of a, without a coordinator that could react.</summary>
public sealed class PairJudgeTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly SimulatedPair _pair = Pair(new ChainOptions { Seed = 5, Forks = 0.1 });
    private SimulatedNode? _owed;

    private IEnumerable<Invariant> Broken
    {
        get
        {
            _pair.Judge.ProbeVotes();
            return _pair.Judge.Broken.Select(broken => broken.Invariant);
        }
    }

    [Fact]
    public void ProbeVotes_OwedNodeVotesWhileTheActiveOneIsDown_ItsVotesMayBeTakenOver()
    {
        PlayOwedNodeThatVotes(_pair.A);

        TowerContinuity.FindBreak(VotesOf(_pair.B)).Should().NotBeNull("b forgets what it cast unseen, each time that it dies");
        Broken.Should().BeEmpty();
        _pair.Judge.CameBack.Should().BePositive();
    }

    [Fact]
    public void ProbeVotes_TheSameAndNothingIsOwed_IsBroken()
    {
        PlayOwedNodeThatVotes(owed: null);

        Broken.Should().Contain([Invariant.OneTower, Invariant.OneVoter]);
    }

    [Fact]
    public void ProbeVotes_StaleTowerAndTheOwedNodeNeverCameBack_IsBroken()
    {
        Run(2);
        var stale = _pair.A.Towers.Current!;
        Run(2);

        TakeOver(stale);
        Run(10);

        Broken.Should().Contain(Invariant.OneTower);
    }

    [Fact]
    public void ProbeVotes_StaleTowerBehindAnOwedNodeThatHadVoted_IsBroken()
    {
        PlayOwedNodeThatVotes(_pair.A);
        _pair.A.Crash(Long);
        Run(40);
        _pair.B.CanVote.Should().BeTrue();

        GoOnWithAStaleTower(_pair.B);

        Broken.Should().Contain(Invariant.OneTower);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(0, false)]
    public void ProbeVotes_LostNodeStartsBehindTheLastProbe_IsItsOwnDoingWhereNoFenceRulesItOut(int secondsNotSeen, bool isExcused)
    {
        _pair.Judge.StartNotSeen = TimeSpan.FromSeconds(secondsNotSeen);
        var kept = _pair.A.Towers.Current!;
        _pair.A.Crash(TimeSpan.FromSeconds(5));
        _pair.Cluster.RunUntil(() => _pair.A.Process?.IsStarted == true, Long);
        Run(0.5);

        TakeOver(kept, isDown: false);
        Run(20);

        VotesOf(_pair.A).Should().Contain(vote => vote.Slot > kept.LastSlot, "it had begun to vote");
        if (isExcused)
        {
            Broken.Should().BeEmpty();
            _pair.Judge.CameBack.Should().BePositive();
        }
        else
        {
            Broken.Should().Contain([Invariant.OneTower, Invariant.OneVoter]);
        }
    }

    [Fact]
    public void ProbeVotes_LostNodeHasGotTheIdentityBack_ItsVotesAreJudgedAgain()
    {
        PlayOwedNodeThatVotes(_pair.A);
        _pair.B.LinkTarget = NodePaths.Usual.KeypairOf(IdentityRole.Unstaked);
        _pair.B.KillValidator();
        Run(60);
        _pair.A.CanVote.Should().BeTrue();
        _owed = null;
        Run(10);
        Broken.Should().BeEmpty();

        GoOnWithAStaleTower(_pair.A);

        Broken.Should().Contain(Invariant.OneTower);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ProbeVotes_NodeVotesWithoutItsTower_IsBrokenUnlessItsDiskWasLost(bool isLost)
    {
        var pair = Pair(new ChainOptions { Seed = 3, LostVotes = 0.6 });
        for (var i = 0; i < 3; i++)
        {
            if (isLost)
            {
                pair.A.LoseTowers();
            }
            else
            {
                pair.A.Towers.MoveAside();
            }

            pair.A.KillValidator();
            pair.Cluster.Run(TimeSpan.FromSeconds(40));
        }

        // The disk is lost once more, and no node votes after that. The losses before count all the same.
        pair.A.LoseTowers();
        pair.A.KillValidator();
        pair.Judge.ProbeVotes();

        var oneTower = pair.Judge.Broken.Where(broken => broken.Invariant == Invariant.OneTower);
        (isLost ? oneTower.Should().BeEmpty() : oneTower.Should().ContainSingle()).And.NotBeNull();
        TowerContinuity.FindBreak(pair.Cluster.Chain.Votes).Should().NotBeNull();
    }

    /// <summary>b has taken over from a, and crashes. a comes back through its link and votes. b, whose link names the staked keypair as well, casts one vote at each start and dies of it.</summary>
    private void PlayOwedNodeThatVotes(SimulatedNode? owed)
    {
        TakeOver(_pair.A.Towers.Current!, owed: owed);
        Run(10);
        _pair.B.Crash(TimeSpan.FromSeconds(60));
        _pair.A.ComeUp();
        Run(240);
    }

    /// <summary>It demotes itself and is promoted again, with the tower of two seconds before.</summary>
    private void GoOnWithAStaleTower(SimulatedNode node)
    {
        var stale = node.Towers.Current!;
        Run(2);
        SetIdentity(node, IdentityRole.Unstaked);
        Run(1.5);
        node.Towers.Current = stale;
        SetIdentity(node, IdentityRole.Staked);
        Run(10);
    }

    private void TakeOver(SimulatedTower tower, bool isDown = true) => TakeOver(tower, _pair.A, isDown);

    private void TakeOver(SimulatedTower tower, SimulatedNode? owed, bool isDown = true)
    {
        if (isDown)
        {
            _pair.A.Crash(Long);
        }

        _owed = owed;
        _pair.Judge.HasPendingDemotion = node => ReferenceEquals(node, _owed);
        _pair.B.Towers.Current = tower;
        SetIdentity(_pair.B, IdentityRole.Staked);
        _pair.Cluster.RunUntil(() => _pair.B.RunsStaked, Long);
        _pair.B.LinkTarget = NodePaths.Usual.KeypairOf(IdentityRole.Staked);
    }

    private static void SetIdentity(SimulatedNode node, IdentityRole role) => node.Process!.SetIdentity(node.KeyOf(role), requireTower: role == IdentityRole.Staked, static _ => { });

    private List<SentVote> VotesOf(SimulatedNode node) => [.. _pair.Cluster.Chain.Votes.Where(vote => vote.Node == node.Name)];

    private void Run(double seconds) => _pair.Cluster.Run(TimeSpan.FromSeconds(seconds));

    /// <summary>Nodes that fetch nothing at their start: the stories need votes of both, and the announcement of a start would end the other node before.</summary>
    private static SimulatedPair Pair(ChainOptions options)
    {
        var pair = new SimulatedPair(options, new WorldRules { AnnouncesAtBootstrap = false });
        pair.Cluster.Run(TimeSpan.FromSeconds(5));
        return pair;
    }
}
