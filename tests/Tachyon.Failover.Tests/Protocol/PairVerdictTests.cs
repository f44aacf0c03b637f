using FluentAssertions;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Xunit;

namespace Tachyon.Failover.Tests.Protocol;

/// <summary>The decision, row by row. The table in docs/protocol.md is this one.</summary>
public sealed class PairVerdictTests
{
    private static readonly NodeFacts Active = new() { Condition = NodeCondition.Answers, Identity = IdentityRole.Staked, Link = IdentityRole.Staked, SavesTowers = true, HasTower = true };
    private static readonly NodeFacts Silent = Active with { SavesTowers = false };
    private static readonly NodeFacts Inactive = new() { Condition = NodeCondition.Answers, Identity = IdentityRole.Unstaked, Link = IdentityRole.Unstaked, HasTower = false };
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
    }

    [Theory]
    [InlineData(NodeSide.Source)]
    [InlineData(NodeSide.Target)]
    public void Of_BothRunItAndOneVotes_ThatOneKeepsIt(NodeSide voter)
    {
        var verdict = voter == NodeSide.Source ? Of(Active, Silent) : Of(Silent, Active);

        verdict.Should().BeEquivalentTo(new { State = PairState.TwoIdentities, Keeper = voter, KeeperVotes = true, OtherRunsStaked = true, IsSettled = false });
    }

    [Fact]
    public void Of_BothVote_LeavesItToAPersonAtOnce() =>
        Of(Active, Active).Should().BeEquivalentTo(new { State = PairState.TwoIdentities, Keeper = (NodeSide?)null, MayChange = false, IdentityAt = IdentityLocation.Unknown });

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

            verdict.Should().BeEquivalentTo(new { State = PairState.NobodyVotes, Keeper = keeper, KeeperVotes = false, IdentityAt = IdentityLocation.Nobody });
            verdict.MayChange.Should().Be(newest == NewestTower.Unknown, "what could not be read may be read later");
        }
    }

    [Fact]
    public void Of_NobodyVotesAndBothHaveTheTower_SparesAChange()
    {
        Of(Inactive, Silent, NewestTower.Both).Keeper.Should().Be(NodeSide.Target, "it runs the identity already");
        Of(Silent, Silent, NewestTower.Both).Should().BeEquivalentTo(new { State = PairState.TwoIdentities, Keeper = NodeSide.Source, OtherRunsStaked = true });
        Of(Down, Inactive, NewestTower.Both).Keeper.Should().Be(NodeSide.Target, "the source does not run");
        Of(Inactive, Down, NewestTower.Both).Keeper.Should().Be(NodeSide.Source);
    }

    [Fact]
    public void Of_TheNewestTowerIsOnANodeThatDoesNotRun_LooksAgain() =>
        Of(Down, Inactive, NewestTower.Source).Should().BeEquivalentTo(new { State = PairState.NobodyVotes, Keeper = (NodeSide?)null, MayChange = true });

    [Theory]
    [InlineData(IdentityRole.Staked)]
    [InlineData(null)]
    public void Of_TheOtherNodeDoesNotRunAndMayComeBackStaked_GivesNobodyAVote(IdentityRole? link) =>
        Of(Down with { Link = link }, Inactive, NewestTower.Target).Should().BeEquivalentTo(new { State = PairState.NobodyVotes, Keeper = (NodeSide?)null, MayChange = true });

    [Theory]
    [InlineData(NodeCondition.Unreachable)]
    [InlineData(NodeCondition.Starting)]
    public void Of_OneNodeDoesNotSay_CannotBeKnownAndLooksAgain(NodeCondition condition)
    {
        var mute = new NodeFacts { Condition = condition, Link = IdentityRole.Unstaked, HasTower = false };

        Of(mute, Active).Should().BeEquivalentTo(new { State = PairState.CannotBeKnown, Keeper = (NodeSide?)null, MayChange = true, IdentityAt = IdentityLocation.Target });
        Of(Active, mute).Should().BeEquivalentTo(new { State = PairState.CannotBeKnown, Keeper = (NodeSide?)null, MayChange = true, IdentityAt = IdentityLocation.Source });
        Of(Inactive, mute, NewestTower.Source).Should().BeEquivalentTo(new { State = PairState.CannotBeKnown, Keeper = (NodeSide?)null, IdentityAt = IdentityLocation.Unknown });
    }

    [Fact]
    public void Of_OneRunsItAndCouldNotBeWatched_CannotBeKnown()
    {
        var unwatched = Active with { SavesTowers = null };

        Of(unwatched, Inactive).Should().BeEquivalentTo(new { State = PairState.CannotBeKnown, Keeper = (NodeSide?)null, MayChange = true, IdentityAt = IdentityLocation.Source });
        Of(Active, unwatched).Should().BeEquivalentTo(new { State = PairState.CannotBeKnown, Keeper = (NodeSide?)null, MayChange = true, IdentityAt = IdentityLocation.Unknown });
    }

    private static PairVerdict Of(NodeFacts source, NodeFacts target, NewestTower newest = NewestTower.Unknown) =>
        PairVerdict.Of(new PairFacts { Source = source, Target = target, Newest = newest });
}
