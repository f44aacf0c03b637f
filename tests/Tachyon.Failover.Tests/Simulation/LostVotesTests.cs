using FluentAssertions;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Judge;
using Tachyon.Failover.Testing.Simulation.Votes;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>Which refused votes of the active node are caused by those of the lost one.</summary>
public sealed class LostVotesTests
{
    private static readonly VoteStack Old = On(VoteStack.Empty, 1, 34);
    private static readonly VoteStack New = On(Old, 35, 44);

    /// <summary>A vote of the lost node roots ten slots more than the active node has, which was cut off in between.</summary>
    [Theory]
    [InlineData(nameof(VoteError.RootRollBack), 50, true)]
    [InlineData(nameof(VoteError.RootRollBack), 60, true)]
    [InlineData(nameof(VoteError.RootRollBack), 61, false)]
    [InlineData(nameof(VoteError.RootRollBack), null, false)]
    [InlineData(nameof(VoteError.LockoutConflict), 50, true)]
    [InlineData(nameof(VoteError.SlotsMismatch), 50, false)]
    public void StandInTheWay_LostNodeHasRootedMore_OnlyIfItLandedBefore(string error, int? lostInBlock, bool isOwedToIt) =>
        LostVotes.StandInTheWay(Vote("b", Old, 60, Enum.Parse<VoteError>(error)), [Vote("a", New, (ulong?)lostInBlock)]).Should().Be(isOwedToIt);

    [Fact]
    public void StandInTheWay_LostNodeHasRootedNoMore_IsTheActiveOnesOwn() =>
        LostVotes.StandInTheWay(Vote("b", New, 60, VoteError.RootRollBack), [Vote("a", New, 50), Vote("a", Old, 50)]).Should().BeFalse();

    [Fact]
    public void StandInTheWay_LostVoteWasRefusedItself_IsTheActiveOnesOwn() =>
        LostVotes.StandInTheWay(Vote("b", Old, 60, VoteError.RootRollBack), [Vote("a", New, 50, VoteError.LockoutConflict)]).Should().BeFalse();

    [Fact]
    public void StandInTheWay_NoLostNodeVoted_IsTheActiveOnesOwn() => LostVotes.StandInTheWay(Vote("b", Old, 60, VoteError.RootRollBack), []).Should().BeFalse();

    [Fact]
    public void StandInTheWay_LockoutConflictWithAVoteThatFollowsFromTheLost_IsTheActiveOnesOwn() =>
        LostVotes.StandInTheWay(Vote("b", New, 60, VoteError.LockoutConflict), [Vote("a", Old, 50)]).Should().BeFalse();

    private static SentVote Vote(string node, VoteStack stack, ulong? block, VoteError? error = null) =>
        new() { Node = node, Identity = MemoryCluster.KeyOf("staked"), Stack = stack, SignedAt = DateTimeOffset.UnixEpoch, ArrivedAt = DateTimeOffset.UnixEpoch, BlockSlot = block, Error = error };

    private static VoteStack On(VoteStack stack, int first, int last) => Enumerable.Range(first, last - first + 1).Aggregate(stack, static (grown, slot) => grown.With((ulong)slot));
}
