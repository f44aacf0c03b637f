using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Seams;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>The simulated chain follows the rules of <c>ClusterRpcContract</c>.</summary>
public sealed class ChainAnswersTests
{
    private readonly SimulatedPair _pair = new(new ChainOptions { SkippedSlots = 0.3, LeaderShare = 0.1 });
    private readonly ChainAnswers _answers;

    public ChainAnswersTests()
    {
        _pair.Cluster.Run(TimeSpan.FromSeconds(20));
        _answers = new ChainAnswers(_pair.Cluster, _pair.A);
    }

    private ChainModel Chain => _pair.Cluster.Chain;

    private Bank Newest => Chain.Newest;

    [Fact]
    public void Identity_OfEachNode_IsWhatItRuns()
    {
        _answers.Identity(Newest).Should().Be(_pair.A.Staked);
        new ChainAnswers(_pair.Cluster, _pair.B).Identity(Newest).Should().Be(_pair.B.Unstaked.Pubkey);
        new ChainAnswers(_pair.Cluster, node: null).Identity(Newest).Should().Be(_pair.Cluster.Identities.Big);
    }

    [Fact]
    public void Account_EachKind_IsWhatAPreflightAsksFor()
    {
        var identities = _pair.Cluster.Identities;

        _answers.Account(Newest, identities.Staked, Commitment.Processed)!.Should().Match<AccountInfo>(account => account.Lamports > 0 && account.Vote == null);
        _answers.Account(Newest, identities.VoteAccount, Commitment.Processed)!.Vote!.VoterOf(_answers.Epoch(Newest, Commitment.Processed).Epoch + 1).Should().Be(identities.Staked);
        _answers.Account(Newest, _pair.B.Unstaked.Pubkey, Commitment.Processed).Should().BeNull();
    }

    [Fact]
    public void Epoch_Processed_IsThatOfTheNewestSlot()
    {
        var epoch = _answers.Epoch(Newest, Commitment.Processed);

        epoch.AbsoluteSlot.Should().Be(Newest.Slot);
        epoch.Epoch.Should().Be(1);
        epoch.FirstSlot.Should().Be(4000);
        _answers.Epoch(Newest, Commitment.Finalized).AbsoluteSlot.Should().BeInRange(Newest.Slot - 45, Newest.Slot - 31);
    }

    [Fact]
    public void LeaderSlots_OfKnownEpochs_AreDividedAmongTheTwo()
    {
        var (staked, big) = (_pair.Cluster.Identities.Staked, _pair.Cluster.Identities.Big);

        var ours = _answers.LeaderSlots(Newest, slot: null, staked)!;

        ours.Should().NotBeEmpty().And.BeInAscendingOrder().And.OnlyContain(slot => Chain.Schedule.IsStaked(4000 + slot));
        ours.Concat(_answers.LeaderSlots(Newest, slot: null, big)!).Should().HaveCount(4000).And.OnlyHaveUniqueItems();
        _answers.LeaderSlots(Newest, slot: 7999, staked).Should().Equal(ours);
        _answers.LeaderSlots(Newest, slot: 8000, staked).Should().NotEqual(ours);
        _answers.LeaderSlots(Newest, slot: null, _pair.B.Unstaked.Pubkey).Should().NotBeNull().And.BeEmpty();
        _answers.LeaderSlots(Newest, slot: 12_000, staked).Should().BeNull("that epoch is not known yet");
    }

    [Fact]
    public void Blocks_Range_AreThoseThatBlockKnows()
    {
        var first = Newest.Slot - 30;
        var slots = _answers.Blocks(Newest, first, Newest.Slot, Commitment.Confirmed);

        slots.Should().Contain(Newest.Slot).And.HaveCountLessThan(31).And.BeInAscendingOrder();
        for (var slot = first; slot <= Newest.Slot; slot++)
        {
            var block = _answers.Block(Newest, slot, Commitment.Confirmed);
            (block?.Slot).Should().Be(slots.Contains(slot) ? slot : null);
        }

        _answers.Block(Newest, Newest.Slot, Commitment.Finalized).Should().BeNull("it is not finalized yet");
        _answers.Blocks(Newest, Newest.Slot, Newest.Slot + 50, Commitment.Confirmed).Should().Equal(Newest.Slot);
    }

    [Fact]
    public void Block_WithVotes_NamesWhoSignedAndWhatFor()
    {
        var votes = _answers.Blocks(Newest, Newest.Slot - 30, Newest.Slot, Commitment.Confirmed)
            .SelectMany(slot => _answers.Block(Newest, slot, Commitment.Confirmed)!.Transactions)
            .ToList();

        votes.Should().NotBeEmpty().And.OnlyContain(vote =>
            vote.Signers.Single().Equals(_pair.A.Staked) && vote.Accounts.Contains(_pair.Cluster.Identities.VoteAccount) && vote.Failed == (vote.CustomError != null));
    }

    [Fact]
    public void VoteAccounts_OneAndAllAndNone()
    {
        var ours = _pair.Cluster.Identities.VoteAccount;

        _answers.VoteAccounts(Newest, Commitment.Processed, voteAccount: null).Should().HaveCount(2);
        var account = _answers.VoteAccounts(Newest, Commitment.Processed, ours).Should().ContainSingle().Subject;
        account.LastVote.Should().Be(Newest.VoteAccount.LastSlot);
        account.IsDelinquent.Should().BeFalse();
        _answers.VoteAccounts(Newest, Commitment.Processed, _pair.A.Staked).Should().BeEmpty();
    }

    [Fact]
    public void VoteAccounts_VoterGoneForLong_IsDelinquent()
    {
        _pair.A.Crash(TimeSpan.FromHours(1));
        _pair.Cluster.Run(TimeSpan.FromSeconds(60));

        _answers.VoteAccounts(Newest, Commitment.Processed, _pair.Cluster.Identities.VoteAccount).Single().IsDelinquent.Should().BeTrue();
    }

    [Fact]
    public void Nodes_OfAPair_ShowWhereEachIdentityIs() =>
        _answers.Nodes(Newest).ToDictionary(node => node.Identity, node => node.Gossip)
            .Should().Contain(new KeyValuePair<Pubkey, System.Net.IPEndPoint?>(_pair.A.Staked, _pair.A.Gossip))
            .And.Contain(new KeyValuePair<Pubkey, System.Net.IPEndPoint?>(_pair.B.Unstaked.Pubkey, _pair.B.Gossip));
}
