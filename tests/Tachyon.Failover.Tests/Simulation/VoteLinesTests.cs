using FluentAssertions;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Judge;
using Tachyon.Failover.Testing.Simulation.Votes;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>Which votes are compared with the vote before. The active node b votes for 10 and 14. In between, the owed node a has voted for 11 to 13, which b should not know.</summary>
public sealed class VoteLinesTests
{
    private static readonly VoteStack Common = Stack(1, 2, 3, 4, 5, 6, 7, 8);
    private static readonly VoteStack LostStack = On(Common, 11, 12, 13);

    // Unseen, and bound when a's votes landed.
    private readonly SentVote _before = Vote("b", On(Common, 9, 10), at: 10);
    private readonly SentVote _after = Vote("b", On(LostStack, 14), at: 14);

    [Fact]
    public void Of_OwedNodesVotesHaveLandedAndAreTakenOver_BeginsANewLine()
    {
        var lines = Lines(_after, Lost(LostStack));

        lines.Should().HaveCount(2);
        lines.Should().OnlyContain(line => TowerContinuity.FindBreak(line) == null);
    }

    /// <summary>The newest of them need not be in the vote any more.</summary>
    [Fact]
    public void Of_OwedNodesVotesWereTakenOverAndHaveRunOutSince_BeginsANewLine()
    {
        var lost = On(Common, 13);

        VoteLines.Of([Vote("b", On(Common, 9, 10, 12), at: 12), Vote("b", On(lost, 17), at: 17)], [], [Lost(lost)]).Should().HaveCount(2);
    }

    [Fact]
    public void Of_NoOwedNodeVoted_IsOneLineWithABreak() => ShouldBeCaught(_after);

    [Fact]
    public void Of_OwedNodesVotesNeverLanded_IsOneLineWithABreak() => ShouldBeCaught(_after, Lost(LostStack, block: null));

    [Fact]
    public void Of_OwedNodesVotesWereRefused_IsOneLineWithABreak() => ShouldBeCaught(_after, Lost(LostStack, error: VoteError.LockoutConflict));

    [Fact]
    public void Of_OwedNodesVotesLandedTooLateToBeKnown_IsOneLineWithABreak() => ShouldBeCaught(_after, Lost(LostStack, block: 14));

    [Fact]
    public void Of_OwedNodesVotesAreOlderThanWhatTheTowerHad_IsOneLineWithABreak() =>
        ShouldBeCaught(Vote("b", On(Common, 9, 11), at: 14), Lost(On(Common, 9), block: 9));

    [Fact]
    public void Of_VoteHasNotGrownOutOfTheOwedNodesVotes_IsOneLineWithABreak() => ShouldBeCaught(Vote("b", On(Common, 14), at: 14), Lost(LostStack));

    [Fact]
    public void Of_VoteHoldsTheNewestOfTheOwedNodesVotesAndContradictsTheOthers_IsOneLineWithABreak() =>
        ShouldBeCaught(Vote("b", On(Common, 13, 14), at: 14), Lost(LostStack));

    [Fact]
    public void Of_VoteIsNotNewer_IsOneLineWithABreak() => ShouldBeCaught(Vote("b", On(Common, 9, 10), at: 14), Lost(LostStack));

    [Fact]
    public void Of_VoteFollowsFromTheOneBefore_IsOneLineThoughAnOwedNodeVoted() =>
        VoteLines.Of([_before, Vote("b", On(_before.Stack, 14), at: 14)], [], [Lost(LostStack)]).Should().ContainSingle();

    [Fact]
    public void Of_TowerWasLost_BeginsANewLineWithTheVoteThatWasMadeUp() =>
        VoteLines.Of([_before, _after, Vote("b", On(_after.Stack, 15), at: 15)], [_after], []).Select(line => line.Count).Should().Equal(1, 2);

    private void ShouldBeCaught(SentVote after, params SentVote[] ofLostNodes) =>
        Lines(after, ofLostNodes).Should().ContainSingle().Which.Should().Match<List<SentVote>>(line => TowerContinuity.FindBreak(line) != null);

    private List<List<SentVote>> Lines(SentVote after, params SentVote[] ofLostNodes) => VoteLines.Of([_before, after], [], ofLostNodes);

    private static SentVote Lost(VoteStack stack, ulong? block = 13, VoteError? error = null)
    {
        var vote = Vote("a", stack, at: 12);
        (vote.BlockSlot, vote.BlockAt, vote.Error) = (block, block is { } slot ? At(slot) : null, error);
        return vote;
    }

    private static SentVote Vote(string node, VoteStack stack, ulong at) =>
        new() { Node = node, Identity = MemoryCluster.KeyOf("staked"), Stack = stack, SignedAt = At(at), ArrivedAt = At(at) };

    private static DateTimeOffset At(ulong slot) => DateTimeOffset.UnixEpoch.AddSeconds(slot);

    private static VoteStack Stack(params ulong[] slots) => On(VoteStack.Empty, slots);

    private static VoteStack On(VoteStack stack, params ulong[] slots) => slots.Aggregate(stack, static (grown, slot) => grown.With(slot));
}
