using FluentAssertions;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Tests.Towers;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>Which of two towers the staked identity may continue with.</summary>
public sealed class TowerAgesTests
{
    private static readonly Tower Older = GoldenTowers.Consecutive[3];
    private static readonly Tower Newer = GoldenTowers.Consecutive[4];
    private static readonly Pubkey Identity = Newer.Node;
    private static readonly TowerVerdict Broken = TowerVerdict.Refused(TowerProblem.Malformed, "it ends early");

    public static TheoryData<string?, string?, string> Pairs => new()
    {
        { null, null, nameof(NewestTower.None) },
        { "newer", null, nameof(NewestTower.Source) },
        { null, "newer", nameof(NewestTower.Target) },
        { "newer", "older", nameof(NewestTower.Source) },
        { "older", "newer", nameof(NewestTower.Target) },
        { "newer", "newer", nameof(NewestTower.Both) },
        { "broken", "newer", nameof(NewestTower.Contradictory) },
        { "newer", "broken", nameof(NewestTower.Contradictory) },
        { "broken", null, nameof(NewestTower.Contradictory) },
        { "broken", "broken", nameof(NewestTower.Contradictory) },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void NewestOf_TwoNodes_IsTheOneWithMoreVotes(string? source, string? target, string expected) =>
        TowerAges.NewestOf(Of(source), Of(target), Identity, landed: Newer.LastVotedSlot!.Value).ToString().Should().Be(expected);

    /// <summary>The chain has votes that neither tower has: with either, the identity could contradict them.</summary>
    [Theory]
    [InlineData("newer", null)]
    [InlineData(null, "newer")]
    [InlineData("newer", "newer")]
    public void NewestOf_ChainHasALaterVote_IsNone(string? source, string? target) =>
        TowerAges.NewestOf(Of(source), Of(target), Identity, landed: Newer.LastVotedSlot!.Value + 1).Should().Be(NewestTower.None);

    /// <summary>The older one lacks a landed vote, and it is the only one.</summary>
    [Fact]
    public void NewestOf_OnlyTheOlderOneIsThere_IsNone() =>
        TowerAges.NewestOf(Of("older"), target: null, Identity, landed: Newer.LastVotedSlot!.Value).Should().Be(NewestTower.None);

    [Fact]
    public void NewestOf_TheyContradictEachOther_IsContradictory()
    {
        var (one, other) = (VoteStack.Of([1, 2, 3, 4]).Tower(), VoteStack.Of([1, 2, 3, 5]).Tower());

        TowerAges.NewestOf(TowerVerdict.Usable(one), TowerVerdict.Usable(other), VoteStack.Keypair.Pubkey, landed: 3).Should().Be(NewestTower.Contradictory);
    }

    private static TowerVerdict? Of(string? tower) => tower switch
    {
        "older" => TowerVerdict.Usable(Older),
        "newer" => TowerVerdict.Usable(Newer),
        "broken" => Broken,
        _ => null,
    };
}
