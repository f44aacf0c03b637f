using System.Net;
using System.Text.Json.Nodes;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Xunit;

namespace Tachyon.Failover.Tests.Cluster;

/// <summary>Recorded requests, and a real validator's answers to them.</summary>
public sealed class HttpClusterRpcRecordingTests
{
    private static readonly Pubkey Staked = Pubkey.Parse("AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq");
    private static readonly Pubkey Unstaked = Pubkey.Parse("GhTRNLwZpbnUVFfr2TxmWXoFYS3hvyjdS6TgPjoeo4JJ");
    private static readonly Pubkey VoteAddress = Pubkey.Parse("DSBAsaFkgHXHfudvqMnwgbFuj8xPYcx3TH7ZK5mQiuh5");

    private readonly HttpClusterRpc _active = Recordings.Node("active").Client();
    private readonly HttpClusterRpc _inactive = Recordings.Node("inactive").Client();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetIdentity_BothNodes_TheirIdentities()
    {
        (await _active.GetIdentityAsync(Cancellation)).Should().Be(Staked);
        (await _inactive.GetIdentityAsync(Cancellation)).Should().Be(Unstaked);
    }

    [Fact]
    public async Task GetHealth_Ok_Healthy() =>
        (await _active.GetHealthAsync(Cancellation)).Should().BeEquivalentTo(new NodeHealth { IsHealthy = true });

    [Fact]
    public async Task GetVersion_Recorded_SolanaCore() => (await _active.GetVersionAsync(Cancellation)).Should().Be("2.2.15");

    [Fact]
    public async Task GetSlot_Processed_TheSlot() => (await _active.GetSlotAsync(Commitment.Processed, Cancellation)).Should().Be(4787);

    [Fact]
    public async Task GetEpochInfo_Processed_TheEpoch()
    {
        var epoch = await _active.GetEpochInfoAsync(Commitment.Processed, Cancellation);

        epoch.Should().BeEquivalentTo(new EpochInfo { Epoch = 1, SlotIndex = 787, SlotsInEpoch = 4000, AbsoluteSlot = 4787 });
        epoch.FirstSlot.Should().Be(4000);
    }

    [Fact]
    public async Task GetGenesisHash_Recorded_TheHash() =>
        (await _active.GetGenesisHashAsync(Cancellation)).Should().Be("G98YzpEwfWQnDFbwJccij9qMbQ8AXb4cUM2RFt94v1jP");

    [Fact]
    public async Task GetLeaderSchedule_OfTheStakedIdentity_ItsSlots()
    {
        var slots = await _active.GetLeaderScheduleAsync(null, Staked, Cancellation);

        slots.Should().HaveCount(236).And.StartWith([112ul, 113, 114, 115, 120]).And.EndWith([3884ul, 3885, 3886, 3887]);
    }

    [Fact]
    public async Task GetVoteAccounts_OfOneProcessed_ItsState() =>
        (await _active.GetVoteAccountsAsync(Commitment.Processed, VoteAddress, Cancellation)).Should().ContainSingle().Which.Should().BeEquivalentTo(new VoteAccount
        {
            Address = VoteAddress,
            Node = Staked,
            ActivatedStake = 49999997717120,
            LastVote = 4786,
            RootSlot = 4755,
            IsDelinquent = false,
            Credits = 72506,
        });

    [Fact]
    public async Task GetVoteAccounts_All_RecordedWithoutParameters()
    {
        // The recorded request has no commitment. Ours always names one.
        var node = new FakeNode((_, _) => Task.FromResult(FakeNode.Response(Recordings.Response("active", "getVoteAccounts"))));

        var accounts = await node.Client().GetVoteAccountsAsync(Commitment.Finalized, null, Cancellation);

        accounts.Select(account => account.LastVote).Should().Equal(4754, 4754);
        accounts.Select(account => account.Credits).Should().Equal(71994, 74464);
        ShouldBeAsked(node, "getVoteAccounts", """[{"commitment":"finalized"}]""");
    }

    [Fact]
    public async Task GetAccountInfo_OfTheVoteAccount_ItsVoters()
    {
        var account = await _active.GetAccountInfoAsync(VoteAddress, Commitment.Processed, Cancellation);

        account!.Lamports.Should().Be(185672069152);
        account.Owner.ToString().Should().Be("Vote111111111111111111111111111111111111111");
        account.Vote!.Node.Should().Be(Staked);
        account.Vote.AuthorizedVoters.Should().Equal(new Dictionary<ulong, Pubkey> { [1] = Staked });
    }

    [Fact]
    public async Task GetClusterNodes_Recorded_ThreeNodesWithAddresses()
    {
        var nodes = await _active.GetClusterNodesAsync(Cancellation);

        nodes.Should().HaveCount(3);
        nodes[0].Should().BeEquivalentTo(new ClusterNode
        {
            Identity = Staked,
            Gossip = IPEndPoint.Parse("127.0.0.1:28001"),
            Rpc = IPEndPoint.Parse("127.0.0.1:28899"),
            TpuVote = IPEndPoint.Parse("127.0.0.1:28006"),
            Version = "2.2.15",
            ShredVersion = 10821,
        });
    }

    [Fact]
    public async Task GetBlocks_Recorded_NoneInRange()
    {
        var node = new FakeNode((_, _) => Task.FromResult(FakeNode.Response(Recordings.Response("cluster", "getBlocks"))));

        (await node.Client().GetBlocksAsync(4764, 4784, Commitment.Confirmed, Cancellation)).Should().BeEmpty();
        ShouldBeAsked(node, "getBlocks", """[4764,4784,{"commitment":"confirmed"}]""");
    }

    [Fact]
    public async Task Call_NoSuchMethod_RefusedWithItsCode()
    {
        using var rpc = FakeNode.Saying(Recordings.Response("cluster", "noSuch"));

        var thrown = (await FluentActions.Awaiting(() => rpc.GetSlotAsync(Commitment.Processed, Cancellation)).Should().ThrowAsync<ClusterRpcException>()).Which;

        thrown.Failure.Should().Be(ClusterRpcFailure.Refused);
        thrown.Code.Should().Be(-32601);
        thrown.Message.Should().Contain("Method not found").And.Contain("http://10.0.0.7:8899");
    }

    [Fact]
    public async Task GetBlock_Asked_AccountsOnlyWithoutRewards()
    {
        var node = new FakeNode((_, _) => Task.FromResult(FakeNode.Response("""{"jsonrpc":"2.0","result":null,"id":1}""")));

        (await node.Client().GetBlockAsync(7, Commitment.Confirmed, Cancellation)).Should().BeNull();

        ShouldBeAsked(node, "getBlock", """[7,{"commitment":"confirmed","encoding":"json","transactionDetails":"accounts","rewards":false,"maxSupportedTransactionVersion":0}]""");
    }

    [Fact]
    public async Task GetLeaderSchedule_OfAnotherEpoch_SlotGoesFirst()
    {
        var node = new FakeNode((_, _) => Task.FromResult(FakeNode.Response("""{"jsonrpc":"2.0","result":null,"id":1}""")));

        (await node.Client().GetLeaderScheduleAsync(8000, Staked, Cancellation)).Should().BeNull();

        ShouldBeAsked(node, "getLeaderSchedule", """[8000,{"identity":"AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq"}]""");
    }

    private static void ShouldBeAsked(FakeNode node, string method, string parameters)
    {
        var request = node.Requests.Should().ContainSingle().Subject;
        request["jsonrpc"]!.GetValue<string>().Should().Be("2.0");
        request["method"]!.GetValue<string>().Should().Be(method);
        JsonNode.DeepEquals(request["params"], JsonNode.Parse(parameters)).Should().BeTrue($"{request["params"]!.ToJsonString()} was asked");
    }
}
