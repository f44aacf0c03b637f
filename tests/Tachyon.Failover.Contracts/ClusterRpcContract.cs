using FluentAssertions;
using Tachyon.Failover.Cluster;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>The rules for every <see cref="IClusterRpc"/>.</summary>
public abstract class ClusterRpcContract
{
    private static readonly Dictionary<string, Func<IClusterRpc, CancellationToken, Task>> Calls = new(StringComparer.Ordinal)
    {
        ["getIdentity"] = (rpc, cancellation) => rpc.GetIdentityAsync(cancellation),
        ["getHealth"] = (rpc, cancellation) => rpc.GetHealthAsync(cancellation),
        ["getSlot"] = (rpc, cancellation) => rpc.GetSlotAsync(Commitment.Processed, cancellation),
        ["getEpochInfo"] = (rpc, cancellation) => rpc.GetEpochInfoAsync(Commitment.Processed, cancellation),
        ["getLeaderSchedule"] = (rpc, cancellation) => rpc.GetLeaderScheduleAsync(null, ClusterScene.StakedIdentity, cancellation),
        ["getVoteAccounts"] = (rpc, cancellation) => rpc.GetVoteAccountsAsync(Commitment.Confirmed, null, cancellation),
        ["getAccountInfo"] = (rpc, cancellation) => rpc.GetAccountInfoAsync(ClusterScene.StakedIdentity, Commitment.Processed, cancellation),
        ["getClusterNodes"] = (rpc, cancellation) => rpc.GetClusterNodesAsync(cancellation),
        ["getVersion"] = (rpc, cancellation) => rpc.GetVersionAsync(cancellation),
        ["getGenesisHash"] = (rpc, cancellation) => rpc.GetGenesisHashAsync(cancellation),
        ["getAgGenesisCert"] = (rpc, cancellation) => rpc.GetAgGenesisCertAsync(cancellation),
        ["getBlocks"] = (rpc, cancellation) => rpc.GetBlocksAsync(4784, 4786, Commitment.Confirmed, cancellation),
        ["getBlock"] = (rpc, cancellation) => rpc.GetBlockAsync(4786, Commitment.Confirmed, cancellation),
    };

    public static TheoryData<string> Methods => [.. Calls.Keys];

    public static TheoryData<string, ClusterRpcFailure> MethodsAndFailures
    {
        get
        {
            var data = new TheoryData<string, ClusterRpcFailure>();
            foreach (var method in Calls.Keys)
            {
                foreach (var failure in Enum.GetValues<ClusterRpcFailure>())
                {
                    data.Add(method, failure);
                }
            }

            return data;
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A client of a node that gives the scene's answers.</summary>
    protected abstract Task<IClusterRpc> AnsweringAsync(ClusterScene scene);

    /// <summary>A client whose calls all fail in this way.</summary>
    protected abstract Task<IClusterRpc> FailingAsync(ClusterRpcFailure failure);

    /// <summary>A client of a node that never answers. Its time limit is longer than the test.</summary>
    protected abstract Task<IClusterRpc> SilentAsync();

    [Fact]
    public async Task GetIdentity_NodeAnswers_ItsIdentity() =>
        (await (await UsualAsync()).GetIdentityAsync(Cancellation)).Should().Be(ClusterScene.StakedIdentity);

    [Fact]
    public async Task GetHealth_NodeIsWell_Healthy() =>
        (await (await UsualAsync()).GetHealthAsync(Cancellation)).Should().BeEquivalentTo(new NodeHealth { IsHealthy = true });

    [Theory]
    [InlineData(42ul, "Node is behind by 42 slots")]
    [InlineData(null, "Node is unhealthy")]
    public async Task GetHealth_NodeIsNotWell_AnAnswerAndNoException(ulong? behind, string words)
    {
        var health = new NodeHealth { IsHealthy = false, SlotsBehind = behind, Message = words };
        var rpc = await AnsweringAsync(ClusterScene.Usual with { Health = health });

        (await rpc.GetHealthAsync(Cancellation)).Should().BeEquivalentTo(health);
    }

    [Fact]
    public async Task GetSlot_NodeAnswers_TheSlot() =>
        (await (await UsualAsync()).GetSlotAsync(Commitment.Processed, Cancellation)).Should().Be(4787);

    [Fact]
    public async Task GetEpochInfo_NodeAnswers_TheEpoch()
    {
        var epoch = await (await UsualAsync()).GetEpochInfoAsync(Commitment.Processed, Cancellation);

        epoch.Should().BeEquivalentTo(ClusterScene.Usual.Epoch);
        epoch.FirstSlot.Should().Be(4000);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(4000ul)]
    [InlineData(7999ul)]
    public async Task GetLeaderSchedule_EpochIsKnown_SlotsFromItsStart(ulong? slot) =>
        (await (await UsualAsync()).GetLeaderScheduleAsync(slot, ClusterScene.StakedIdentity, Cancellation))
            .Should().Equal(112, 113, 114, 115, 3884, 3885, 3886, 3887);

    [Fact]
    public async Task GetLeaderSchedule_IdentityLeadsNothing_Empty() =>
        (await (await UsualAsync()).GetLeaderScheduleAsync(null, ClusterScene.OtherIdentity, Cancellation)).Should().NotBeNull().And.BeEmpty();

    [Fact]
    public async Task GetLeaderSchedule_EpochIsNotKnown_Null() =>
        (await (await UsualAsync()).GetLeaderScheduleAsync(8000, ClusterScene.StakedIdentity, Cancellation)).Should().BeNull();

    [Fact]
    public async Task GetVoteAccounts_All_CurrentAndDelinquent() =>
        (await (await UsualAsync()).GetVoteAccountsAsync(Commitment.Confirmed, null, Cancellation))
            .Should().BeEquivalentTo(ClusterScene.Usual.VoteAccounts);

    [Fact]
    public async Task GetVoteAccounts_OfOne_ThatOne() =>
        (await (await UsualAsync()).GetVoteAccountsAsync(Commitment.Confirmed, ClusterScene.OtherVoteAccount, Cancellation))
            .Should().ContainSingle().Which.Should().BeEquivalentTo(ClusterScene.Usual.VoteAccounts[1]);

    [Fact]
    public async Task GetVoteAccounts_OfNone_Empty() =>
        (await (await UsualAsync()).GetVoteAccountsAsync(Commitment.Confirmed, ClusterScene.VoteProgram, Cancellation)).Should().BeEmpty();

    [Fact]
    public async Task GetAccountInfo_OfAnIdentity_ItsBalanceAndNoVoteState() =>
        (await (await UsualAsync()).GetAccountInfoAsync(ClusterScene.StakedIdentity, Commitment.Processed, Cancellation))
            .Should().BeEquivalentTo(ClusterScene.Usual.Accounts[ClusterScene.StakedIdentity]);

    [Fact]
    public async Task GetAccountInfo_OfAVoteAccount_ItsVoters()
    {
        var account = await (await UsualAsync()).GetAccountInfoAsync(ClusterScene.StakedVoteAccount, Commitment.Processed, Cancellation);

        account.Should().BeEquivalentTo(ClusterScene.Usual.Accounts[ClusterScene.StakedVoteAccount], options => options.ComparingByMembers<AccountInfo>().ComparingByMembers<VoteState>());
        account!.Vote!.VoterOf(0).Should().BeNull("the account has forgotten it");
        account.Vote.VoterOf(1).Should().Be(ClusterScene.StakedIdentity);
        account.Vote.VoterOf(2).Should().Be(ClusterScene.OtherIdentity);
        account.Vote.VoterOf(9).Should().Be(ClusterScene.OtherIdentity, "the account names no other");
    }

    [Fact]
    public async Task GetAccountInfo_OfNobody_Null() =>
        (await (await UsualAsync()).GetAccountInfoAsync(ClusterScene.OtherIdentity, Commitment.Processed, Cancellation)).Should().BeNull();

    [Fact]
    public async Task GetClusterNodes_NodeAnswers_WhatGossipKnows() =>
        (await (await UsualAsync()).GetClusterNodesAsync(Cancellation)).Should().BeEquivalentTo(ClusterScene.Usual.Nodes);

    [Fact]
    public async Task GetVersion_NodeAnswers_TheVersion() =>
        (await (await UsualAsync()).GetVersionAsync(Cancellation)).Should().Be("2.2.15");

    [Fact]
    public async Task GetGenesisHash_NodeAnswers_TheHash() =>
        (await (await UsualAsync()).GetGenesisHashAsync(Cancellation)).Should().Be(ClusterScene.Usual.GenesisHash);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [InlineData(null)]
    public async Task GetAgGenesisCert_ShownOrNotOrUnknownMethod_SaysWhich(bool? shown) =>
        (await (await AnsweringAsync(ClusterScene.Usual with { HasAgGenesisCert = shown })).GetAgGenesisCertAsync(Cancellation)).Should().Be(shown);

    [Theory]
    [InlineData(4784ul, 4786ul, new ulong[] { 4784, 4786 })]
    [InlineData(4785ul, 4786ul, new ulong[] { 4786 })]
    [InlineData(4785ul, 4785ul, new ulong[0])]
    public async Task GetBlocks_Range_BothEndsIncluded(ulong first, ulong last, ulong[] expected) =>
        (await (await UsualAsync()).GetBlocksAsync(first, last, Commitment.Confirmed, Cancellation)).Should().Equal(expected);

    [Fact]
    public async Task GetBlock_SlotHasOne_ItsTransactionsInOrder() =>
        (await (await UsualAsync()).GetBlockAsync(4786, Commitment.Confirmed, Cancellation))
            .Should().BeEquivalentTo(ClusterScene.Usual.Blocks[1], options => options.WithStrictOrdering().ComparingByMembers<Block>().ComparingByMembers<BlockTransaction>());

    [Fact]
    public async Task GetBlock_SlotWasSkipped_Null() =>
        (await (await UsualAsync()).GetBlockAsync(4785, Commitment.Confirmed, Cancellation)).Should().BeNull();

    [Theory]
    [MemberData(nameof(MethodsAndFailures))]
    public async Task Call_Fails_ThatFailureOfThatMethod(string method, ClusterRpcFailure failure)
    {
        var rpc = await FailingAsync(failure);

        var thrown = (await FluentActions.Awaiting(() => Calls[method](rpc, Cancellation)).Should().ThrowAsync<ClusterRpcException>()).Which;

        thrown.Failure.Should().Be(failure);
        thrown.Method.Should().Be(method);
        thrown.Message.Should().Contain(method);
        thrown.Code.HasValue.Should().Be(failure is ClusterRpcFailure.Refused or ClusterRpcFailure.HttpError);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Call_CancelledWhileWaiting_CancelledByThatToken(string method)
    {
        var rpc = await SilentAsync();
        using var cancellation = new CancellationTokenSource();

        var call = Calls[method](rpc, cancellation.Token);
        await cancellation.CancelAsync();

        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>())
            .Which.CancellationToken.Should().Be(cancellation.Token);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Call_CancelledBefore_Cancelled(string method)
    {
        var rpc = await UsualAsync();

        await FluentActions.Awaiting(() => Calls[method](rpc, new CancellationToken(canceled: true)))
            .Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Calls_Repeated_SameAnswer()
    {
        var rpc = await UsualAsync();

        var first = await rpc.GetVoteAccountsAsync(Commitment.Processed, null, Cancellation);
        var second = await rpc.GetVoteAccountsAsync(Commitment.Processed, null, Cancellation);

        second.Should().BeEquivalentTo(first, static it => it.WithStrictOrdering());
    }

    [Fact]
    public async Task Calls_ManyAtOnce_EachItsOwnAnswer()
    {
        var rpc = await UsualAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            (await rpc.GetSlotAsync(Commitment.Processed, Cancellation)).Should().Be(4787);
            var slot = 4784 + (ulong)(i % 3);
            ((await rpc.GetBlockAsync(slot, Commitment.Confirmed, Cancellation))?.Slot).Should().Be(slot == 4785 ? null : slot);
        }));
    }

    private Task<IClusterRpc> UsualAsync() => AnsweringAsync(ClusterScene.Usual);
}
