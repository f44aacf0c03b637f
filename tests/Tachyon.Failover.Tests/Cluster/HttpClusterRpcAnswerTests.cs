using FluentAssertions;
using Tachyon.Failover.Cluster;
using Xunit;

namespace Tachyon.Failover.Tests.Cluster;

/// <summary>Answers that were not recorded, in the shapes of the validator's source.</summary>
public sealed class HttpClusterRpcAnswerTests
{
    private const string Key = "AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq";
    private const string VoteKey = "DSBAsaFkgHXHfudvqMnwgbFuj8xPYcx3TH7ZK5mQiuh5";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"code":-32005,"message":"Node is behind by 42 slots","data":{"numSlotsBehind":42}}""", 42ul)]
    [InlineData("""{"code":-32005,"message":"Node is unhealthy","data":{"numSlotsBehind":null}}""", null)]
    [InlineData("""{"code":-32005,"message":"Node is unhealthy","data":{}}""", null)]
    [InlineData("""{"code":-32005,"message":"Node is unhealthy","data":null}""", null)]
    [InlineData("""{"code":-32005,"message":"Node is unhealthy"}""", null)]
    public async Task GetHealth_NodeUnhealthy_AnAnswer(string error, ulong? behind)
    {
        using var rpc = FakeNode.WithError(error);

        var health = await rpc.GetHealthAsync(Cancellation);

        health.IsHealthy.Should().BeFalse();
        health.SlotsBehind.Should().Be(behind);
        health.Message.Should().StartWith("Node is ");
    }

    [Fact]
    public async Task GetHealth_UnhealthyWithStatus503_StillAnAnswer()
    {
        using var rpc = FakeNode.Saying("""{"jsonrpc":"2.0","error":{"code":-32005,"message":"Node is unhealthy"},"id":ID}""", System.Net.HttpStatusCode.ServiceUnavailable);

        (await rpc.GetHealthAsync(Cancellation)).IsHealthy.Should().BeFalse();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"DSBAsaFkgHXHfudvqMnwgbFuj8xPYcx3TH7ZK5mQiuh5":[1,2,3,4]}""")]
    public async Task GetLeaderSchedule_IdentityNotListed_Empty(string result)
    {
        using var rpc = FakeNode.WithResult(result);

        (await rpc.GetLeaderScheduleAsync(null, Pubkey.Parse(Key), Cancellation)).Should().NotBeNull().And.BeEmpty();
    }

    [Fact]
    public async Task GetVoteAccounts_Delinquent_MarkedSo()
    {
        using var rpc = FakeNode.WithResult($$"""{"current":[],"delinquent":[{"activatedStake":0,"commission":100,"epochCredits":[],"epochVoteAccount":true,"lastVote":0,"nodePubkey":"{{Key}}","rootSlot":0,"votePubkey":"{{VoteKey}}"}]}""");

        (await rpc.GetVoteAccountsAsync(Commitment.Confirmed, null, Cancellation)).Should().ContainSingle().Which.Should().BeEquivalentTo(new VoteAccount
        {
            Address = Pubkey.Parse(VoteKey),
            Node = Pubkey.Parse(Key),
            ActivatedStake = 0,
            LastVote = 0,
            RootSlot = 0,
            IsDelinquent = true,
            Credits = 0,
        });
    }

    [Fact]
    public async Task GetVoteAccounts_EpochsInAnyOrder_CreditsOfTheNewest()
    {
        using var rpc = FakeNode.WithResult($$"""{"delinquent":[],"current":[{"activatedStake":1,"epochCredits":[[7,900,800],[6,800,0]],"lastVote":5,"nodePubkey":"{{Key}}","rootSlot":1,"votePubkey":"{{VoteKey}}"}]}""");

        (await rpc.GetVoteAccountsAsync(Commitment.Confirmed, null, Cancellation)).Should().ContainSingle().Which.Credits.Should().Be(900);
    }

    [Fact]
    public async Task GetClusterNodes_NodeWithoutAddresses_Nulls()
    {
        using var rpc = FakeNode.WithResult($$"""[{"pubkey":"{{Key}}","gossip":"[2001:db8::7]:8001","rpc":null,"tpuVote":null,"version":null,"featureSet":null,"shredVersion":null}]""");

        var node = (await rpc.GetClusterNodesAsync(Cancellation)).Should().ContainSingle().Subject;

        node.Gossip!.ToString().Should().Be("[2001:db8::7]:8001");
        node.Should().BeEquivalentTo(new { Rpc = (object?)null, TpuVote = (object?)null, Version = (object?)null, ShredVersion = (int?)null });
    }

    [Theory]
    [InlineData("null", false, null)]
    [InlineData("""{"InstructionError":[0,{"Custom":6}]}""", true, 6u)]
    [InlineData("""{"InstructionError":[0,{"Custom":0}]}""", true, 0u)]
    [InlineData("""{"InstructionError":[2,{"Custom":4294967295}]}""", true, uint.MaxValue)]
    [InlineData("""{"InstructionError":[0,"ProgramFailedToComplete"]}""", true, null)]
    [InlineData("""{"InstructionError":[0,{"BorshIoError":"Unknown"}]}""", true, null)]
    [InlineData("""{"InsufficientFundsForRent":{"account_index":2}}""", true, null)]
    [InlineData("\"AccountInUse\"", true, null)]
    public async Task GetBlock_EveryShapeOfError_FailedAndCustomError(string error, bool failed, uint? custom)
    {
        using var rpc = FakeNode.WithResult(BlockWith(error));

        var block = (await rpc.GetBlockAsync(4786, Commitment.Confirmed, Cancellation))!;

        block.Slot.Should().Be(4786);
        block.ParentSlot.Should().Be(4785);
        var transaction = block.Transactions.Should().ContainSingle().Subject;
        transaction.Signers.Should().Equal(Pubkey.Parse(Key));
        transaction.Accounts.Should().Equal(Pubkey.Parse(Key), Pubkey.Parse(VoteKey));
        transaction.Failed.Should().Be(failed);
        transaction.CustomError.Should().Be(custom);
    }

    [Fact]
    public async Task GetBlock_FirstOfTheChain_ItsOwnParent()
    {
        using var rpc = FakeNode.WithResult("""{"blockHeight":0,"blockTime":null,"blockhash":"x","parentSlot":0,"previousBlockhash":"y","transactions":[]}""");

        (await rpc.GetBlockAsync(0, Commitment.Finalized, Cancellation))!.Transactions.Should().BeEmpty();
    }

    [Theory]
    [InlineData(-32001, "Block 5 cleaned up, does not exist on node. First available block: 9")]
    [InlineData(-32004, "Block not available for slot 5")]
    [InlineData(-32007, "Slot 5 was skipped, or missing due to ledger jump to recent snapshot")]
    [InlineData(-32009, "Slot 5 was skipped, or missing in long-term storage")]
    [InlineData(-32014, "Block status not yet available for slot 5")]
    public async Task GetBlock_NoneToShow_Null(int code, string message)
    {
        using var rpc = FakeNode.WithError($$"""{"code":{{code}},"message":"{{message}}"}""");

        (await rpc.GetBlockAsync(5, Commitment.Confirmed, Cancellation)).Should().BeNull();
    }

    [Theory]
    [InlineData(-32011, "Transaction history is not available from this node", "--enable-rpc-transaction-history")]
    [InlineData(-32602, "Method does not support commitment below `confirmed`", "other parameters")]
    [InlineData(-32015, "Transaction version (1) is not supported by the requesting client", "was refused")]
    [InlineData(-32019, "Failed to query long-term storage; please try again", "was refused")]
    public async Task GetBlock_NodeCannotTell_RefusedAndNotNull(int code, string message, string remedy)
    {
        using var rpc = FakeNode.WithError($$"""{"code":{{code}},"message":"{{message}}"}""");

        var thrown = (await FluentActions.Awaiting(() => rpc.GetBlockAsync(5, Commitment.Confirmed, Cancellation)).Should().ThrowAsync<ClusterRpcException>()).Which;

        thrown.Failure.Should().Be(ClusterRpcFailure.Refused);
        thrown.Code.Should().Be(code);
        thrown.Message.Should().Contain(message).And.Contain(remedy);
    }

    [Fact]
    public async Task Calls_OneAfterAnother_EachWithItsOwnId()
    {
        var node = Recordings.Node("active");
        using var rpc = node.Client();

        await rpc.GetSlotAsync(Commitment.Processed, Cancellation);
        await rpc.GetSlotAsync(Commitment.Processed, Cancellation);

        node.Requests.Select(FakeNode.Id).Should().OnlyHaveUniqueItems();
    }

    internal static string BlockWith(string error) => $$"""
        {"blockHeight":4738,"blockTime":1795409302,"blockhash":"G98YzpEwfWQnDFbwJccij9qMbQ8AXb4cUM2RFt94v1jP","parentSlot":4785,
        "previousBlockhash":"G98YzpEwfWQnDFbwJccij9qMbQ8AXb4cUM2RFt94v1jP","transactions":[{"meta":{"err":{{error}},"fee":5000,
        "postBalances":[1,2],"postTokenBalances":[],"preBalances":[3,4],"preTokenBalances":[],"status":{"Ok":null} },
        "transaction":{"accountKeys":[{"pubkey":"{{Key}}","signer":true,"source":"transaction","writable":true},
        {"pubkey":"{{VoteKey}}","signer":false,"source":"transaction","writable":true}],"signatures":["x"]},"version":"legacy"}]}
        """;
}
