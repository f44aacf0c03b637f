using CsCheck;
using FluentAssertions;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Towers;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Towers;

public sealed class TowerComparisonTests
{
    [Fact]
    public void Compare_ConsecutiveGoldens_AreOrdered()
    {
        var towers = GoldenTowers.Consecutive;
        for (var i = 0; i < towers.Length; i++)
        {
            for (var j = 0; j < towers.Length; j++)
            {
                var expected = i == j ? TowerRelation.Same : i > j ? TowerRelation.Newer : TowerRelation.Older;
                TowerComparison.Compare(towers[i], towers[j]).Should().Be(expected, $"towers {i} and {j}");
            }
        }
    }

    [Fact]
    public void Compare_YoungGoldens_AreOrdered()
    {
        var seven = GoldenTowers.Load(GoldenTowers.Young7);
        var full = GoldenTowers.Load(GoldenTowers.Young31);

        TowerComparison.Compare(full, seven).Should().Be(TowerRelation.Newer);
        TowerComparison.Compare(seven, full).Should().Be(TowerRelation.Older);
    }

    [Fact]
    public void Compare_OtherIdentity_Throws()
    {
        var compare = () => TowerComparison.Compare(GoldenTowers.Load(GoldenTowers.Full), GoldenTowers.Load(GoldenTowers.Other));

        compare.Should().Throw<ArgumentException>();
    }

    [Theory]
    // The newest vote was lost, and another one is in its place: this breaks 31 votes in a row.
    [InlineData("1 2 3 4", "1 2 3 5", nameof(TowerRelation.Diverged))]
    [InlineData("1 2 3 4", "1 2 3 6", nameof(TowerRelation.Diverged))]
    // Slot 4 binds to slot 6; at 7 it has left the tower, and 3, with two confirmations, has not.
    [InlineData("1 2 3 4", "1 2 3 4 7", nameof(TowerRelation.Older))]
    // A validator that never voted for 4 has 3 with one confirmation only, and releases it too early.
    [InlineData("1 2 3 4", "1 2 3 7", nameof(TowerRelation.Diverged))]
    // The votes that the newer tower lacks have expired; those below them have not.
    [InlineData("1 2 3 4", "1 2 3 4 100", nameof(TowerRelation.Older))]
    // The newer tower has an old vote that the older one lacks.
    [InlineData("1 2 4", "1 2 3 4 5", nameof(TowerRelation.Diverged))]
    [InlineData("4", "2 3 4 5", nameof(TowerRelation.Diverged))]
    // No common vote, and none that binds.
    [InlineData("1 2 3 4", "1000 1001", nameof(TowerRelation.Older))]
    [InlineData("", "1", nameof(TowerRelation.Older))]
    [InlineData("", "", nameof(TowerRelation.Same))]
    [InlineData("1 2", "1 2", nameof(TowerRelation.Same))]
    [InlineData("1 3", "2 3", nameof(TowerRelation.Diverged))]
    public void Compare_VotesCast_SaysWhetherOneCanComeOfTheOther(string slots, string otherSlots, string expected)
    {
        var relation = Enum.Parse<TowerRelation>(expected);
        var tower = VoteStack.Of(Parse(slots)).Tower();
        var other = VoteStack.Of(Parse(otherSlots)).Tower();
        var reverse = relation == TowerRelation.Older ? TowerRelation.Newer : relation;

        TowerComparison.Compare(tower, other).Should().Be(relation);
        TowerComparison.Compare(other, tower).Should().Be(reverse);
    }

    [Fact]
    public void Compare_OtherBlockOfTheSameSlot_IsDiverged()
    {
        var contents = VoteStack.Of([1, 2, 3]).Contents();
        var fork = contents with { LastVoteHash = Enumerable.Repeat((byte)1, 32).ToArray() };

        TowerComparison.Compare(Written(contents), Written(fork)).Should().Be(TowerRelation.Diverged);
    }

    [Fact]
    public void Compare_OnlyTimesDiffer_IsSame()
    {
        var contents = VoteStack.Of([1, 2, 3]).Contents();
        var later = contents with { LastVoteUnixSeconds = 9, LastTimestamp = (2, 9) };

        TowerComparison.Compare(Written(contents), Written(later)).Should().Be(TowerRelation.Same);
    }

    [Fact]
    public void Compare_NewerVotesOnAnOlderRoot_IsDiverged()
    {
        var older = new TowerContents { Node = VoteStack.Keypair.Pubkey, Votes = [new(10, 1)], Root = 9 };
        var newer = new TowerContents { Node = VoteStack.Keypair.Pubkey, Votes = [new(20, 1)], Root = 8 };

        TowerComparison.Compare(Written(newer), Written(older)).Should().Be(TowerRelation.Diverged);
        TowerComparison.Compare(Written(newer with { Root = null }), Written(older)).Should().Be(TowerRelation.Diverged);
        TowerComparison.Compare(Written(newer), Written(older with { Votes = [] })).Should().Be(TowerRelation.Diverged);
        TowerComparison.Compare(Written(newer), Written(newer with { Root = 7 })).Should().Be(TowerRelation.Diverged);
    }

    [Fact]
    public void Compare_RootRaisedToASlotNeverVotedFor_IsNewer()
    {
        // A validator that adopts the chain's votes drops those up to its own root, which need not be a vote of this identity.
        var older = VoteStack.Of([10, 11, 13, 14]).Contents();
        var grown = VoteStack.Of([10, 11, 13, 14, 15]).Contents();
        var newer = grown with { Root = 12, Votes = [.. grown.Votes.Where(v => v.Slot > 12)] };

        TowerComparison.Compare(Written(newer), Written(older)).Should().Be(TowerRelation.Newer);
        TowerComparison.Compare(Written(older), Written(newer)).Should().Be(TowerRelation.Older);
    }

    [Fact]
    public void Compare_SharedVoteLostConfirmations_IsDiverged()
    {
        var older = new TowerContents { Node = VoteStack.Keypair.Pubkey, Votes = [new(10, 3)], Root = 9 };
        var newer = new TowerContents { Node = VoteStack.Keypair.Pubkey, Votes = [new(10, 2), new(11, 1)], Root = 9 };

        TowerComparison.Compare(Written(newer), Written(older)).Should().Be(TowerRelation.Diverged);
    }

    [Fact]
    public void Compare_RootMovedBeyondAllVotes_IsNewer()
    {
        // After a long time, nothing of the older tower is left to compare.
        var newer = GoldenTowers.Load(GoldenTowers.Full);
        var older = new TowerContents { Node = newer.Node, Votes = [new(40, 3), new(41, 1)], Root = 3 };

        TowerComparison.Compare(newer, Written(older)).Should().Be(TowerRelation.Newer);
    }

    [Fact]
    public void Compare_TwoMomentsOfOneVoter_LaterIsNewer() =>
        Gen.Select(VoteStack.Steps, Gen.Int[0, 89]).Sample(
            (steps, moment) =>
            {
                var stack = new VoteStack(root: 99);
                Tower? earlier = null;
                var slot = 100UL;
                for (var i = 0; i < steps.Length; i++)
                {
                    stack.Vote(slot += (ulong)steps[i]);
                    earlier = i == Math.Min(moment, steps.Length - 1) ? stack.Tower() : earlier;
                }

                var later = stack.Tower();
                return moment >= steps.Length - 1
                    ? TowerComparison.Compare(later, earlier!) == TowerRelation.Same
                    : TowerComparison.Compare(later, earlier!) == TowerRelation.Newer
                        && TowerComparison.Compare(earlier!, later) == TowerRelation.Older;
            },
            iter: 300);

    [Fact]
    public void Compare_VotersThatPartedWithinALockout_HaveDiverged() =>
        Gen.Select(VoteStack.Steps, Gen.Int[0, 10], Gen.Int[1, 2], Gen.Int[0, 25]).Sample(
            (steps, first, behind, more) =>
            {
                var slot = 100UL;
                var common = steps.Select(s => slot += (ulong)s).ToList();
                var left = slot + (ulong)first + 1;
                var right = left + (ulong)behind;

                // The left vote binds for two slots. The right voter continues without it, but not so long that it is rooted.
                var one = VoteStack.Of([.. common, left]).Tower();
                var two = VoteStack.Of([.. common, .. Enumerable.Range(0, more + 1).Select(i => right + (ulong)i)]).Tower();
                return TowerComparison.Compare(one, two) == TowerRelation.Diverged
                    && TowerComparison.Compare(two, one) == TowerRelation.Diverged;
            },
            iter: 300);

    private static Tower Written(TowerContents contents) =>
        Tower.Decode(TowerWriter.Write(contents, ValidatorKeypair.Generate(1, "whoever")));

    private static IEnumerable<ulong> Parse(string slots) =>
        slots.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ulong.Parse);
}
