using System.Net;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Testing.Guide;
using Tachyon.Failover.Testing.StandIns;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.StandIns;

/// <summary>Processes that start, die, freeze and fail.</summary>
public sealed class StandInClusterTests : IAsyncDisposable
{
    private readonly StandInFixture _fixture = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private StandInCluster Cluster => _fixture.Cluster;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Start_Defaults_VotesWithFullSignedTowers()
    {
        await _fixture.InitializeAsync();
        await VoteAsync(4);

        var tower = Tower.Decode(new TowerFile(await File.ReadAllBytesAsync(Cluster.A.StakedTower, Stop)));
        tower.IsSignatureValid().Should().BeTrue();
        tower.Node.Should().Be(Cluster.StakedIdentity);
        tower.Votes.Should().HaveCount(31);
        (await File.ReadAllBytesAsync(Cluster.A.StakedTower, Stop)).Should().HaveCount(2319);
        File.Exists(Cluster.B.StakedTower).Should().BeFalse("a hot spare saves no tower");

        var report = await Cluster.GetChainReportAsync(cancellationToken: Stop);
        report.MissedSlots.Should().Be(0);
        report.RefusedVotes.Should().Be(0);
        report.DoubleVotes.Should().Be(0);
        report.Slots.SelectMany(slot => slot.Votes).Should().OnlyContain(vote => vote.Node == "a");
    }

    [Fact]
    public async Task Guide_Local_MovesIdentityAndLinks()
    {
        await _fixture.InitializeAsync();

        // The script's own danger does not matter here: sometimes the target votes for a slot that gossip has from the source, and dies of it.
        await StandInFixture.AdminAsync(Cluster.A, "removeAllAuthorizedVoters");
        await StandInFixture.AdminAsync(Cluster.B, "removeAllAuthorizedVoters");

        var run = await GuideScript.RunAsync(Cluster.A, Cluster.B, cancellationToken: Stop);

        run.Succeeded.Should().BeTrue(string.Concat(run.Steps.Select(step => step.Output + step.Errors)));
        (await StandInFixture.AdminAsync(Cluster.A, "contactInfo")).Should().Contain(Cluster.A.UnstakedIdentity.ToString());
        (await StandInFixture.AdminAsync(Cluster.B, "contactInfo")).Should().Contain(Cluster.StakedIdentity.ToString());
        File.ResolveLinkTarget(Cluster.B.IdentityLink, returnFinalTarget: true)!.FullName.Should().Be(Cluster.B.StakedKeypair);
    }

    [Fact]
    public async Task Sealed_FinalTower_NothingIsRefused()
    {
        await _fixture.InitializeAsync();
        await StandInFixture.SetIdentityAsync(Cluster.A, Cluster.A.UnstakedKeypair);
        await Cluster.WaitForSlotAsync(await Cluster.GetSlotAsync(Stop) + 2, Stop);
        await StandInFixture.AdminAsync(Cluster.A, "removeAllAuthorizedVoters");
        await Cluster.WaitForSlotAsync(await Cluster.GetSlotAsync(Stop) + 2, Stop);
        File.Copy(Cluster.A.StakedTower, Cluster.B.StakedTower);
        await StandInFixture.SetIdentityAsync(Cluster.B, Cluster.B.StakedKeypair, requireTower: true);

        // Without a node that runs the identity, its leader slots have no blocks, so some of these slots may have no vote.
        await VoteAsync(14);

        var report = await Cluster.GetChainReportAsync(4801, Stop);
        report.RefusedVotes.Should().Be(0);
        report.DoubleVotes.Should().Be(0);
        report.Changes.Should().ContainSingle().Which.To.Should().Be("b");
    }

    [Fact]
    public async Task Restart_ThroughTheLink_TakesTheIdentityItNames()
    {
        await _fixture.InitializeAsync();
        var port = Cluster.A.RpcPort;
        await Cluster.A.KillAsync();
        Cluster.A.IsRunning.Should().BeFalse();
        File.Delete(Cluster.A.IdentityLink);
        File.CreateSymbolicLink(Cluster.A.IdentityLink, Cluster.A.UnstakedKeypair);

        await Cluster.A.RestartWithAsync(new Dictionary<string, string?> { ["--start-milliseconds"] = "600000" }, Stop);
        (await StandInFixture.SetIdentityAsync(Cluster.A, Cluster.A.StakedKeypair)).Should().Contain("Retry once validator start up is complete");

        await Cluster.A.KillAsync();
        await Cluster.A.RestartWithAsync(new Dictionary<string, string?>(), Stop);
        await WaitForStartAsync(Cluster.A);
        (await StandInFixture.AdminAsync(Cluster.A, "contactInfo")).Should().Contain(Cluster.A.UnstakedIdentity.ToString());
        Cluster.A.RpcPort.Should().Be(port);
    }

    [Fact]
    public async Task Restart_WithTheStakedLinkAfterAPromotion_DiesAndTheOtherGoesOn()
    {
        await _fixture.InitializeAsync();
        await Cluster.A.KillAsync();
        File.Copy(Cluster.A.StakedTower, Cluster.B.StakedTower);
        await StandInFixture.SetIdentityAsync(Cluster.B, Cluster.B.StakedKeypair, requireTower: true);
        await VoteAsync(4);

        await Cluster.A.RestartAsync(Stop);
        await Cluster.A.WaitForExitAsync(Stop).WaitAsync(Patience.Limit, TimeProvider.System, Stop);

        (await File.ReadAllTextAsync(Cluster.A.Log, Stop)).Should().Contain("Submitting old vote");
        Cluster.B.IsRunning.Should().BeTrue();
        (await Cluster.GetChainReportAsync(4801, Stop)).RefusedVotes.Should().Be(0);
    }

    [Fact]
    public async Task Freeze_OtherPromoted_TheWokenOneExits()
    {
        await _fixture.InitializeAsync();
        Cluster.A.Freeze();
        await VoteAsync(8);
        File.Copy(Cluster.A.StakedTower, Cluster.B.StakedTower);
        await StandInFixture.SetIdentityAsync(Cluster.B, Cluster.B.StakedKeypair, requireTower: true);
        await VoteAsync(10);
        Cluster.A.Wake();
        await Cluster.A.WaitForExitAsync(Stop).WaitAsync(Patience.Limit, TimeProvider.System, Stop);

        (await File.ReadAllTextAsync(Cluster.A.Log, Stop)).Should().Contain("duplicate running instances of the same validator node");
        Cluster.B.IsRunning.Should().BeTrue();
        var report = await Cluster.GetChainReportAsync(4801, Stop);
        report.RefusedVotes.Should().Be(0);
        report.DoubleVotes.Should().Be(0);
    }

    [Fact]
    public async Task Promoted_WhileTheOtherVotes_NotBothGoOn()
    {
        await _fixture.InitializeAsync();
        File.Copy(Cluster.A.StakedTower, Cluster.B.StakedTower);
        await StandInFixture.SetIdentityAsync(Cluster.B, Cluster.B.StakedKeypair, requireTower: true);

        var first = await Task.WhenAny(Cluster.B.WaitForExitAsync(Stop), Cluster.A.WaitForExitAsync(Stop)).WaitAsync(Patience.Limit, TimeProvider.System, Stop);

        await first;
        string.Concat(await File.ReadAllTextAsync(Cluster.A.Log, Stop), await File.ReadAllTextAsync(Cluster.B.Log, Stop))
            .Should().MatchRegex("Submitting old vote|duplicate running instances of the same validator node");
    }

    [Fact]
    public async Task CutOff_ActiveNode_IsSilentForOthersAndOldForItself()
    {
        await _fixture.InitializeAsync();
        var outside = new TcpPortProbe();
        var port = new IPEndPoint(IPAddress.Parse("127.0.0.2"), Cluster.A.RpcPort);
        (await outside.TryAsync(port, Stop)).Should().BeTrue();

        await Cluster.CutOffAsync(Cluster.A, Stop);
        var cut = await Cluster.GetSlotAsync(Stop);
        await VoteAsync(6);

        (await outside.TryAsync(port, Stop)).Should().BeFalse();
        using var http = new HttpClient();
        using var own = new HttpClusterRpc(http, Cluster.A.RpcUri, Patience.Calls);
        (await own.GetSlotAsync(Commitment.Confirmed, Stop)).Should().BeLessThanOrEqualTo(cut, "it knows nothing newer");
        (await Cluster.GetChainReportAsync(cut + 2, Stop)).Slots.Should().OnlyContain(slot => !slot.HasLandedVote);
        Cluster.A.IsRunning.Should().BeTrue();

        await Cluster.ReconnectAsync(Cluster.A, Stop);
        var back = await Cluster.GetSlotAsync(Stop);
        await VoteAsync(8);

        (await outside.TryAsync(port, Stop)).Should().BeTrue();
        var report = await Cluster.GetChainReportAsync(back + 2, Stop);
        report.Slots.Should().Contain(slot => slot.HasLandedVote);
        report.RefusedVotes.Should().Be(0);
    }

    [Fact]
    public async Task CutOff_OtherPromotedMeanwhile_ExitsWhenItIsBack()
    {
        await _fixture.InitializeAsync();
        await Cluster.CutOffAsync(Cluster.A, Stop);
        await VoteAsync(4);
        File.Copy(Cluster.A.StakedTower, Cluster.B.StakedTower);
        await StandInFixture.SetIdentityAsync(Cluster.B, Cluster.B.StakedKeypair, requireTower: true);
        await VoteAsync(10);
        Cluster.A.IsRunning.Should().BeTrue("it has heard of no other node");

        await Cluster.ReconnectAsync(Cluster.A, Stop);
        await Cluster.A.WaitForExitAsync(Stop).WaitAsync(Patience.Limit, TimeProvider.System, Stop);

        Cluster.B.IsRunning.Should().BeTrue();
        var report = await Cluster.GetChainReportAsync(4801, Stop);
        report.RefusedVotes.Should().Be(0);
        report.DoubleVotes.Should().Be(0);
    }

    [Theory]
    [InlineData(StandInFaultKind.Refuse, false)]
    [InlineData(StandInFaultKind.LoseAnswer, true)]
    [InlineData(StandInFaultKind.LoseCall, false)]
    [InlineData(StandInFaultKind.DieBefore, false)]
    [InlineData(StandInFaultKind.DieAfter, false)]
    public async Task AddFault_SetIdentity_BefallsOneCall(StandInFaultKind kind, bool done)
    {
        await _fixture.InitializeAsync();
        await Cluster.A.KillAsync();
        await Cluster.B.AddFaultAsync(new StandInFault { Kind = kind, Method = "setIdentity", Words = "no room" }, Stop);
        var call = StandInFixture.AdminAsync(
            Cluster.B, $$"""{"jsonrpc":"2.0","id":1,"method":"setIdentity","params":["{{Cluster.B.StakedKeypair}}",false]}""", TimeSpan.FromSeconds(2));

        (await call).Should().Be(kind == StandInFaultKind.Refuse ? "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32603,\"message\":\"no room\"},\"id\":1}\n" : "");
        var dies = kind is StandInFaultKind.DieBefore or StandInFaultKind.DieAfter;
        if (dies)
        {
            await Cluster.B.WaitForExitAsync(Stop).WaitAsync(Patience.Limit, TimeProvider.System, Stop);
        }
        else
        {
            (await StandInFixture.AdminAsync(Cluster.B, "contactInfo")).Contains(Cluster.StakedIdentity.ToString(), StringComparison.Ordinal).Should().Be(done);
        }
    }

    [Fact]
    public async Task Start_FolderTooLongForASocket_SaysSo()
    {
        var act = () => StandInCluster.StartAsync(new StandInClusterOptions { Folder = "/tmp/" + new string('x', 120) }, Stop);

        (await act.Should().ThrowAsync<StandInException>()).Which.Message.Should().Contain("107");
    }

    /// <summary>Waits until so many slots have passed.</summary>
    private async Task VoteAsync(ulong slots) => await Cluster.WaitForSlotAsync(await Cluster.GetSlotAsync(Stop) + slots, Stop);

    private static Task WaitForStartAsync(StandInNode node) =>
        Patience.UntilAsync(async () => (await StandInFixture.AdminAsync(node, "startProgress")).Contains("Running", StringComparison.Ordinal), Stop);
}
