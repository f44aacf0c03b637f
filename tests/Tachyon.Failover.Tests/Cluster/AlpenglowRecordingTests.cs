using FluentAssertions;
using Tachyon.Failover.Cluster;
using Xunit;

namespace Tachyon.Failover.Tests.Cluster;

/// <summary>What tells Alpenglow, in recorded answers of agave-validator 4.3.0-beta.2 and by hand.</summary>
public sealed class AlpenglowRecordingTests
{
    private static readonly Pubkey VoteAddress = Pubkey.Parse("2yYvsdc37novEKTQMtCCVmcqRxvojU2UFDbzy9kiGGo9");

    private readonly HttpClusterRpc _inactive = Recordings.AlpenglowNode("inactive").Client();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAgGenesisCert_Recorded_IsShown() => (await _inactive.GetAgGenesisCertAsync(Cancellation)).Should().BeTrue();

    [Fact]
    public async Task GetAgGenesisCert_Null_IsNotShown()
    {
        using var rpc = FakeNode.WithResult("null");

        (await rpc.GetAgGenesisCertAsync(Cancellation)).Should().BeFalse();
    }

    [Fact]
    public async Task GetAgGenesisCert_MethodNotFound_IsUnknown()
    {
        using var rpc = FakeNode.WithError("""{"code":-32601,"message":"Method not found"}""");

        (await rpc.GetAgGenesisCertAsync(Cancellation)).Should().BeNull();
    }

    [Fact]
    public async Task GetAccountInfo_VoteAccount_HasARootAndASingleVote()
    {
        var vote = (await _inactive.GetAccountInfoAsync(VoteAddress, Commitment.Processed, Cancellation))!.Vote!;

        (vote.Votes, vote.HasRoot).Should().Be((1, true));
    }

    [Fact]
    public async Task GetClusterNodes_Client_IsRead() =>
        (await _inactive.GetClusterNodesAsync(Cancellation)).Should().HaveCount(3).And.OnlyContain(static node => node.Client == "JitoLabs");

    [Theory]
    [InlineData("AQAAAAAAAAAA", "Feature111111111111111111111111111111111111", true)]
    [InlineData("AA==", "Feature111111111111111111111111111111111111", false)]
    [InlineData("AQAAAAAAAAAA", "Vote111111111111111111111111111111111111111", false)]
    [InlineData("?", "Feature111111111111111111111111111111111111", false)]
    public async Task GetAccountInfo_OfAFeature_SaysWhetherItIsActive(string data, string owner, bool active)
    {
        using var rpc = FakeNode.WithResult("{\"context\":{\"slot\":1},\"value\":{\"data\":[\"" + data + "\",\"base64\"],\"executable\":false,\"lamports\":1,\"owner\":\"" + owner + "\",\"rentEpoch\":0,\"space\":9}}");

        (await rpc.GetAccountInfoAsync(ClientQuestion.Feature, Commitment.Processed, Cancellation))!.IsActiveFeature.Should().Be(active);
    }
}
