using FluentAssertions;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Testing.Keypairs;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The decision, row by row: the same table as in docs/protocol.md.</summary>
public sealed class PairVerdictTests
{
    private static readonly NodeFacts Active = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Staked, Link = IdentityRole.Staked, SavesTowers = true, HasTower = true };
    private static readonly NodeFacts Silent = Active with { SavesTowers = false };
    private static readonly NodeFacts Inactive = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Unstaked, Link = IdentityRole.Unstaked, HasTower = false };
    private static readonly NodeFacts Down = new() { Condition = NodeCondition.NotRunning, Link = IdentityRole.Unstaked, HasTower = true };

    [Fact]
    public void Of_OneVotes_ItKeepsTheIdentity()
    {
        Of(Active, Inactive).Should().BeEquivalentTo(new { State = PairState.ActiveOnSource, Keeper = NodeSide.Source, KeeperVotes = true, IsSettled = true, IdentityAt = IdentityLocation.Source });
        Of(Inactive, Active).Should().BeEquivalentTo(new { State = PairState.ActiveOnTarget, Keeper = NodeSide.Target, KeeperVotes = true, IsSettled = true, IdentityAt = IdentityLocation.Target });
    }

    [Fact]
    public void Of_OneVotesAndSomethingIsLeft_IsNotSettled()
    {
        Of(Active with { Link = IdentityRole.Unstaked }, Inactive).IsSettled.Should().BeFalse();
        Of(Active with { Link = null }, Inactive).IsSettled.Should().BeFalse();
        Of(Active, Inactive with { Link = IdentityRole.Staked }).IsSettled.Should().BeFalse();
        Of(Active, Inactive with { Link = null }).IsSettled.Should().BeFalse();
        Of(Active, Inactive with { HasTower = true }).IsSettled.Should().BeFalse();
        Of(Active, Inactive with { HasTower = null }).IsSettled.Should().BeFalse();
        Of(Active, Inactive with { MayTakeIdentity = true }).IsSettled.Should().BeFalse();
        Of(Active, Inactive with { Identity = IdentityRole.Staked, SavesTowers = false }).IsSettled.Should().BeFalse("it runs the identity, even if its link and its towers say otherwise");
    }

    [Theory]
    [InlineData(NodeSide.Source)]
    [InlineData(NodeSide.Target)]
    public void Of_BothRunItAndOneVotes_ThatOneKeepsIt(NodeSide voter)
    {
        var verdict = voter == NodeSide.Source ? Of(Active, Silent) : Of(Silent, Active);

        verdict.Should().BeEquivalentTo(new { State = PairState.TwoActive, Keeper = voter, KeeperVotes = true, OtherRunsStaked = true, IsSettled = false });
    }

    [Fact]
    public void Of_BothVote_LeavesItToAPersonAtOnce() =>
        Of(Active, Active).Should().BeEquivalentTo(new { State = PairState.TwoActive, Keeper = (NodeSide?)null, MayChange = false, IdentityAt = IdentityLocation.Unknown });

    /// <summary>Both were lost once, and not settled. Neither may vote, or wake up, on that ground.</summary>
    [Fact]
    public void H10_BothAreOwed_TheOneThatLostItLastIsMadeHarmless()
    {
        var lost = new NodeFacts { Condition = NodeCondition.Unreachable, HasPendingDemotion = true, WentElsewhere = true };
        var keeper = Active with { HasPendingDemotion = true };

        Of(lost, keeper).Should().BeEquivalentTo(new { State = PairState.ActiveOnTarget, Keeper = NodeSide.Target, KeeperVotes = true });
        Of(keeper, lost).Should().BeEquivalentTo(new { State = PairState.ActiveOnSource, Keeper = NodeSide.Source, KeeperVotes = true });
        Of(Active with { HasPendingDemotion = true, WentElsewhere = true }, keeper).Should().BeEquivalentTo(new { State = PairState.TwoActive, Keeper = NodeSide.Target, KeeperVotes = true });
        Of(keeper, Active with { HasPendingDemotion = true, WentElsewhere = true }).Should().BeEquivalentTo(new { State = PairState.TwoActive, Keeper = NodeSide.Source, KeeperVotes = true });
    }

    /// <summary>A third node has the identity: neither of these two counts as the active one, even if it votes.</summary>
    [Fact]
    public void H10_BothGaveItToAThirdNode_NeitherKeepsIt()
    {
        var elsewhere = Active with { HasPendingDemotion = true, WentElsewhere = true };

        foreach (var (source, target) in new[] { (elsewhere, elsewhere), (elsewhere, Inactive with { HasPendingDemotion = true, WentElsewhere = true }) })
        {
            Of(source, target).Should().BeEquivalentTo(new { State = PairState.Unknown, Keeper = (NodeSide?)null, MayChange = false, IdentityAt = IdentityLocation.Unknown });
        }
    }

    /// <summary>If one node is given twice, it would be told to take the identity because "neither votes", while a third node does.</summary>
    [Fact]
    public void C3_BothNodesAreOne_NobodyIsGivenAnything() =>
        PairVerdict.Of(new PairFacts { Source = Inactive, Target = Inactive, Newest = NewestTower.Both, AreOne = true })
            .Should().BeEquivalentTo(new { State = PairState.Unknown, Keeper = (NodeSide?)null, MayChange = false });

    [Theory]
    [InlineData(NewestTower.Source, NodeSide.Source)]
    [InlineData(NewestTower.Target, NodeSide.Target)]
    [InlineData(NewestTower.Both, NodeSide.Source)]
    [InlineData(NewestTower.None, null)]
    [InlineData(NewestTower.Contradictory, null)]
    [InlineData(NewestTower.Unknown, null)]
    internal void Of_NobodyVotes_TheNewestTowerDecides(NewestTower newest, NodeSide? keeper)
    {
        foreach (var source in (NodeFacts[])[Inactive, Silent])
        {
            var verdict = Of(source, Inactive, newest);

            verdict.Should().BeEquivalentTo(new { State = PairState.NeitherVotes, Keeper = keeper, KeeperVotes = false, IdentityAt = IdentityLocation.Neither });
            verdict.MayChange.Should().Be(newest == NewestTower.Unknown, "what could not be read may be read later");
        }
    }

    [Fact]
    public void Of_NobodyVotesAndBothHaveTheTower_SparesAChange()
    {
        Of(Inactive, Silent, NewestTower.Both).Keeper.Should().Be(NodeSide.Target, "it runs the identity already");
        Of(Silent, Silent, NewestTower.Both).Should().BeEquivalentTo(new { State = PairState.TwoActive, Keeper = NodeSide.Source, OtherRunsStaked = true });
        Of(Down, Inactive, NewestTower.Both).Keeper.Should().Be(NodeSide.Target, "the source does not run");
        Of(Inactive, Down, NewestTower.Both).Keeper.Should().Be(NodeSide.Source);
    }

    [Fact]
    public void Of_TheNewestTowerIsOnANodeThatDoesNotRun_ProbesAgain() =>
        Of(Down, Inactive, NewestTower.Source).Should().BeEquivalentTo(new { State = PairState.NeitherVotes, Keeper = (NodeSide?)null, MayChange = true, IdentityAt = IdentityLocation.Neither });

    [Theory]
    [InlineData(IdentityRole.Staked)]
    [InlineData(null)]
    public void Of_TheOtherNodeDoesNotRunAndMayComeBackStaked_GivesNobodyAVote(IdentityRole? link) =>
        Of(Down with { Link = link }, Inactive, NewestTower.Target).Should().BeEquivalentTo(new { State = PairState.NeitherVotes, Keeper = (NodeSide?)null, MayChange = true, IdentityAt = IdentityLocation.Neither });

    [Theory]
    [InlineData(NodeCondition.Unreachable)]
    [InlineData(NodeCondition.Starting)]
    public void Of_OneNodeDoesNotSay_CannotBeKnownAndProbesAgain(NodeCondition condition)
    {
        var mute = new NodeFacts { Condition = condition, Link = IdentityRole.Unstaked, HasTower = false };

        Of(mute, Active).Should().BeEquivalentTo(new { State = PairState.Unknown, Keeper = (NodeSide?)null, MayChange = true, IdentityAt = IdentityLocation.Target });
        Of(Active, mute).Should().BeEquivalentTo(new { State = PairState.Unknown, Keeper = (NodeSide?)null, MayChange = true, IdentityAt = IdentityLocation.Source });
        Of(Inactive, mute, NewestTower.Source).Should().BeEquivalentTo(new { State = PairState.Unknown, Keeper = (NodeSide?)null, IdentityAt = IdentityLocation.Unknown });
    }

    [Fact]
    public void Of_OneRunsItAndCouldNotBeWatched_CannotBeKnown()
    {
        var unwatched = Active with { SavesTowers = null };

        Of(unwatched, Inactive).Should().BeEquivalentTo(new { State = PairState.Unknown, Keeper = (NodeSide?)null, MayChange = true, IdentityAt = IdentityLocation.Source });
        Of(Active, unwatched).Should().BeEquivalentTo(new { State = PairState.Unknown, Keeper = (NodeSide?)null, MayChange = true, IdentityAt = IdentityLocation.Unknown });
    }

    [Fact]
    public void Of_NothingWasSeen_CannotBeKnown() =>
        PairVerdict.Of(new PairFacts()).Should().BeEquivalentTo(new { State = PairState.Unknown, Keeper = (NodeSide?)null, IdentityAt = IdentityLocation.Unknown });

    [Fact]
    public void Of_AnOtherThatDoesNotRun_MayBeSettledToo()
    {
        var gone = Down with { HasTower = false };

        Of(Active, gone).Should().BeEquivalentTo(new { State = PairState.ActiveOnSource, IsSettled = true, OtherRunsStaked = false });
        Of(gone, Active).Should().BeEquivalentTo(new { State = PairState.ActiveOnTarget, IsSettled = true, OtherRunsStaked = false });
    }

    [Fact]
    public void Of_NobodyVotesAndTheKeeperIsTold_IsNeverSettledAndSaysWhatTheOtherRuns()
    {
        Of(Inactive, Down, NewestTower.Source).Should().BeEquivalentTo(new { Keeper = NodeSide.Source, IsSettled = false, MayChange = false, OtherRunsStaked = false });
        Of(Inactive, Silent, NewestTower.Source).Should().BeEquivalentTo(new { State = PairState.NeitherVotes, Keeper = NodeSide.Source, OtherRunsStaked = true });
        Of(Silent, Inactive, NewestTower.Source).Should().BeEquivalentTo(new { State = PairState.NeitherVotes, Keeper = NodeSide.Source, OtherRunsStaked = false });
    }

    [Fact]
    public void Action_OfAVerdict_IsWhatARecoveryWillDo()
    {
        Of(Active, Inactive).Action.Should().Be(RecoveryAction.NothingToDo);
        Of(Active, Silent).Action.Should().Be(RecoveryAction.KeepAtSource);
        Of(Silent, Active).Action.Should().Be(RecoveryAction.KeepAtTarget);
        Of(Active, Active).Action.Should().Be(RecoveryAction.AskOperator);
    }

    [Fact]
    public void Reason_OfAVerdict_NamesTheNodeThatItMeans()
    {
        var starting = new NodeFacts { Condition = NodeCondition.Starting };
        var mute = new NodeFacts { Condition = NodeCondition.Unreachable };
        var unwatched = Active with { SavesTowers = null };

        Of(Active, Inactive).Reason.Should().Be("The source votes with the staked identity, and the target does not run it.");
        Of(Inactive, Active).Reason.Should().Be("The target votes with the staked identity, and the source does not run it.");
        Of(Active, Silent).Reason.Should().Be("Both nodes run the staked identity, and only the source votes.");
        Of(Silent, Active).Reason.Should().Be("Both nodes run the staked identity, and only the target votes.");
        Of(starting, Inactive).Reason.Should().Be("The validator of the source has not finished its start.");
        Of(Active, starting).Reason.Should().Be("The source votes with the staked identity: leave it alone. The validator of the target has not finished its start.");
        Of(mute, Active).Reason.Should().Be("The target votes with the staked identity: leave it alone. It is unknown what the source runs.");
        Of(Inactive, mute).Reason.Should().Be("It is unknown what the target runs.");
        Of(unwatched, Inactive).Reason.Should().Be("The source runs the staked identity, and it is unknown whether it votes.");
        Of(Inactive, unwatched).Reason.Should().Be("The target runs the staked identity, and it is unknown whether it votes.");
        Of(Inactive, Inactive, NewestTower.Source).Reason.Should().Be("Neither node votes with the staked identity, and the source has the newest tower.");
        Of(Inactive, Down, NewestTower.Target).Reason.Should().EndWith("the target has the newest tower, but its validator does not run.");
        Of(Down with { Link = null }, Inactive, NewestTower.Target).Reason.Should()
            .Contain("the target has the newest tower; the validator of the source does not run, and through its link it could start with the staked identity");
        Of(Inactive, Inactive, NewestTower.None).Reason.Should().EndWith("no node has a tower that holds what the chain has.");
        Of(Inactive, Inactive, NewestTower.Contradictory).Reason.Should().EndWith("the towers of the two contradict each other, or one cannot be used.");
        Of(Inactive, Inactive).Reason.Should().EndWith("it is unknown which tower is the newest.");
    }

    [Fact]
    public void H7_TowerGrowsWhereNobodyAnswers_IsNotDownAndVotes()
    {
        var noSocket = Down with { SavesTowers = true };

        noSocket.Should().BeEquivalentTo(new { IsDown = false, IsKnown = false, RunsStaked = false, Votes = true });
        var verdict = Of(noSocket, Inactive, NewestTower.Source);
        verdict.Should().BeEquivalentTo(new { State = PairState.Unknown, Keeper = (NodeSide?)null, MayChange = true, IdentityAt = IdentityLocation.Source });
        verdict.Reason.Should().Be("The source votes with the staked identity, as its tower shows: leave it alone. The source does not say what it runs.");
    }

    [Fact]
    public void W7_VotesLandAndNobodyIsSeenToVote_CannotBeKnownAndProbesAgain()
    {
        var verdict = PairVerdict.Of(new PairFacts { Source = Inactive, Target = Inactive, Newest = NewestTower.Source, Landed = 4711 });

        verdict.Should().BeEquivalentTo(new { State = PairState.Unknown, Keeper = (NodeSide?)null, MayChange = true, IdentityAt = IdentityLocation.Unknown });
        verdict.Reason.Should().Contain("votes of it land, the newest for slot 4711");
        PairVerdict.Of(new PairFacts { Source = Active, Target = Inactive, Landed = 4711 }).Keeper.Should().Be(NodeSide.Source, "they are its own");
    }

    [Fact]
    public void W7_AThirdIdentity_IsNamedAndNotWaitedFor()
    {
        var third = ValidatorKeypair.Generate(1, "third").Pubkey;
        var stranger = Inactive with { Identity = null, OtherIdentity = third };

        stranger.Should().BeEquivalentTo(new { IsKnown = false, RunsStaked = false, Votes = (bool?)null });
        Of(stranger, Inactive).Should().BeEquivalentTo(new { State = PairState.Unknown, Keeper = (NodeSide?)null, MayChange = false });
        Of(stranger, Inactive).Reason.Should().Be($"The source runs {third}, which is neither the staked identity nor its own unstaked one: the settings name another validator's ledger, or another identity.");
        Of(stranger with { SavesTowers = true }, Inactive).Reason.Should().StartWith("The source votes with the staked identity, as its tower shows: leave it alone. The source runs");
    }

    [Fact]
    public void S2_ANodeIsNotAsTheSettingsSay_NobodyKeepsIt()
    {
        foreach (var facts in (PairFacts[])[new() { Source = Active with { Refusal = "the names are swapped" }, Target = Inactive }, new() { Source = Active, Target = Inactive with { Refusal = "the names are swapped" } }])
        {
            var verdict = PairVerdict.Of(facts);

            verdict.Should().BeEquivalentTo(new { State = PairState.ActiveOnSource, Keeper = (NodeSide?)null, MayChange = false, IsSettled = false, Refusal = "the names are swapped", IdentityAt = IdentityLocation.Source });
            verdict.Reason.Should().Be("The source votes with the staked identity, and the target does not run it. But the names are swapped.");
        }

        Of(Active, Inactive).Refusal.Should().BeNull();
    }

    [Fact]
    public void Reason_OfNamedNodes_HasTheirNamesAndTheTrouble()
    {
        var mute = new NodeFacts { Name = "b", Condition = NodeCondition.Unreachable, Trouble = "the key was rejected" };

        Of(Active with { Name = "a" }, mute).Reason.Should().Be("a votes with the staked identity: leave it alone. It is unknown what b runs (the key was rejected).");
        Of(Active with { Name = "a" }, Inactive with { Name = "b" }).Reason.Should().Be("a votes with the staked identity, and b does not run it.");
    }

    [Fact]
    public void Votes_OfANode_IsSaidOnlyOfWhatIsKnownToRun()
    {
        Active.Votes.Should().BeTrue();
        Silent.Votes.Should().BeFalse();
        (Active with { SavesTowers = null }).Votes.Should().BeNull("it runs the identity, and was not watched");
        (Inactive with { SavesTowers = true }).Votes.Should().BeFalse("the towers are of another node");
        (Inactive with { SavesTowers = null }).Votes.Should().BeFalse();
        Down.Should().BeEquivalentTo(new { IsDown = true, IsKnown = true, Votes = false });
        foreach (var mute in (NodeFacts[])[Active with { Identity = null }, Active with { Condition = NodeCondition.Starting }, Active with { Condition = NodeCondition.Unreachable }])
        {
            mute.Votes.Should().BeTrue("only a validator that votes makes its tower grow, even if it does not say so");
            (mute with { SavesTowers = false }).Votes.Should().BeNull("it may be between two votes");
            mute.Should().BeEquivalentTo(new { RunsStaked = false, IsKnown = false, IsDown = false });
        }
    }

    private static PairVerdict Of(NodeFacts source, NodeFacts target, NewestTower newest = NewestTower.Unknown) =>
        PairVerdict.Of(new PairFacts { Source = source, Target = target, Newest = newest });
}
