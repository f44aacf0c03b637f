using System.Net;
using System.Net.Sockets;
using System.Text;
using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Cluster;
using Xunit;

namespace Tachyon.Failover.Tests.Cluster;

public sealed class HttpClusterRpcFailureTests
{
    private const string Key = "AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("<html>502 Bad Gateway</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("4787")]
    [InlineData("""{"result":4787,"id":ID}""")]
    [InlineData("""{"jsonrpc":"1.0","result":4787,"id":ID}""")]
    [InlineData("""{"jsonrpc":"2.0","result":4787}""")]
    [InlineData("""{"jsonrpc":"2.0","result":4787,"id":null}""")]
    [InlineData("""{"jsonrpc":"2.0","result":4787,"id":4711}""")]
    [InlineData("""{"jsonrpc":"2.0","result":4787,"id":"ID"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":ID}""")]
    [InlineData("""{"jsonrpc":"2.0","result":null,"error":null,"id":ID}""")]
    [InlineData("""{"jsonrpc":"2.0","result":4787,"error":{"code":-1,"message":"x"},"id":ID}""")]
    [InlineData("""{"jsonrpc":"2.0","result":4787,"result":4788,"id":ID}""")]
    [InlineData("""{"jsonrpc":"2.0","error":"no","id":ID}""")]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":"x","message":"x"},"id":ID}""")]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":3000000000,"message":"x"},"id":ID}""")]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":-1},"id":ID}""")]
    [InlineData("""{"jsonrpc":"2.0","result":null,"id":ID}""")]
    [InlineData("""{"jsonrpc":"2.0","result":"4787","id":ID}""")]
    [InlineData("""{"jsonrpc":"2.0","result":-1,"id":ID}""")]
    [InlineData("""{"jsonrpc":"2.0","result":4787.5,"id":ID}""")]
    [InlineData("""{"jsonrpc":"2.0","result":18446744073709551616,"id":ID}""")]
    [InlineData("""{"jsonrpc":"2.0","result":"\ud800","id":ID}""")]
    [InlineData("""{"jsonrpc":"2.0","result":4787,"id":ID} {}""")]
    public async Task GetSlot_NoAnswerToIt_Nonsense(string body)
    {
        using var rpc = FakeNode.Saying(body);

        (await ThrownAsync(rpc.GetSlotAsync(Commitment.Processed, Cancellation))).Failure.Should().Be(ClusterRpcFailure.InvalidResponse);
    }

    public static TheoryData<string, string> WrongResults => new()
    {
        { "getIdentity", "{}" },
        { "getIdentity", """{"identity":null}""" },
        { "getIdentity", """{"identity":"O0Il"}""" },
        { "getIdentity", """{"identity":"AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJqq"}""" },
        { "getHealth", "\"behind\"" },
        { "getHealth", "true" },
        { "getVersion", """{"solana-core":null}""" },
        { "getVersion", """{"solana-core":""}""" },
        { "getVersion", """{"feature-set":1}""" },
        { "getGenesisHash", "\"short\"" },
        { "getAgGenesisCert", "true" },
        { "getAgGenesisCert", "[]" },
        { "getEpochInfo", """{"absoluteSlot":4787,"epoch":1,"slotIndex":4000,"slotsInEpoch":4000}""" },
        { "getEpochInfo", """{"absoluteSlot":700,"epoch":1,"slotIndex":787,"slotsInEpoch":4000}""" },
        { "getEpochInfo", """{"absoluteSlot":4787,"epoch":1,"slotIndex":787}""" },
        { "getEpochInfo", """{"absoluteSlot":"4787","epoch":1,"slotIndex":787,"slotsInEpoch":4000}""" },
        { "getLeaderSchedule", "[]" },
        { "getLeaderSchedule", $$"""{"{{Key}}":null}""" },
        { "getLeaderSchedule", $$"""{"{{Key}}":[2,1]}""" },
        { "getLeaderSchedule", $$"""{"{{Key}}":[1,1]}""" },
        { "getLeaderSchedule", $$"""{"{{Key}}":[-1]}""" },
        { "getVoteAccounts", """{"current":[]}""" },
        { "getVoteAccounts", """{"current":null,"delinquent":[]}""" },
        { "getVoteAccounts", """{"current":[null],"delinquent":[]}""" },
        { "getVoteAccounts", $$"""{"current":[{"activatedStake":1,"epochCredits":[[7,900]],"lastVote":5,"nodePubkey":"{{Key}}","rootSlot":1,"votePubkey":"{{Key}}"}],"delinquent":[]}""" },
        { "getVoteAccounts", $$"""{"current":[{"activatedStake":1,"epochCredits":[null],"lastVote":5,"nodePubkey":"{{Key}}","rootSlot":1,"votePubkey":"{{Key}}"}],"delinquent":[]}""" },
        { "getVoteAccounts", $$"""{"current":[{"activatedStake":1,"epochCredits":[],"lastVote":-5,"nodePubkey":"{{Key}}","rootSlot":1,"votePubkey":"{{Key}}"}],"delinquent":[]}""" },
        { "getAccountInfo", "null" },
        { "getAccountInfo", """{"context":{"slot":1}}""" },
        { "getAccountInfo", $$$$$$"""{"value":{"lamports":-1,"owner":"{{{{{{Key}}}}}}","data":["","base64"]}}""" },
        { "getAccountInfo", $$$$$$"""{"value":{"lamports":1,"owner":"O0Il","data":["","base64"]}}""" },
        { "getAccountInfo", $$$$$$"""{"value":{"lamports":1,"owner":"{{{{{{Key}}}}}}","data":"x"}}""" },
        { "getAccountInfo", $$$$$$"""{"value":{"lamports":1,"owner":"{{{{{{Key}}}}}}","data":{"program":"vote","parsed":{"type":"vote","info":{"nodePubkey":"{{{{{{Key}}}}}}","authorizedVoters":[null]}}}}}""" },
        { "getAccountInfo", $$$$$$"""{"value":{"lamports":1,"owner":"{{{{{{Key}}}}}}","data":{"program":"vote","parsed":{"type":"vote","info":{"nodePubkey":"{{{{{{Key}}}}}}"}}}}}""" },
        { "getClusterNodes", "{}" },
        { "getClusterNodes", "[null]" },
        { "getClusterNodes", "[{}]" },
        { "getClusterNodes", $$"""[{"pubkey":"{{Key}}","gossip":"127.0.0.1"}]""" },
        { "getClusterNodes", $$"""[{"pubkey":"{{Key}}","gossip":"[::1]"}]""" },
        { "getClusterNodes", $$"""[{"pubkey":"{{Key}}","gossip":"example.com:80"}]""" },
        { "getClusterNodes", $$"""[{"pubkey":"{{Key}}","shredVersion":65536}]""" },
        { "getBlocks", "null" },
        { "getBlocks", "[9]" },
        { "getBlocks", "[21]" },
        { "getBlocks", "[12,11]" },
        { "getBlock", """{"parentSlot":12}""" },
        { "getBlock", """{"parentSlot":4786,"transactions":[]}""" },
        { "getBlock", """{"parentSlot":1,"transactions":[null]}""" },
        { "getBlock", """{"parentSlot":1,"transactions":[{"meta":{"err":null},"transaction":{"accountKeys":[null]}}]}""" },
        { "getBlock", """{"parentSlot":1,"transactions":[{"meta":null,"transaction":{"accountKeys":[]}}]}""" },
        { "getBlock", """{"parentSlot":1,"transactions":[{"meta":{},"transaction":{"accountKeys":[]}}]}""" },
        { "getBlock", HttpClusterRpcAnswerTests.BlockWith("5") },
        { "getBlock", HttpClusterRpcAnswerTests.BlockWith("""{"InstructionError":[0]}""") },
        { "getBlock", HttpClusterRpcAnswerTests.BlockWith("""{"InstructionError":"x"}""") },
        { "getBlock", HttpClusterRpcAnswerTests.BlockWith("""{"InstructionError":[0,{"Custom":-1}]}""") },
        { "getBlock", HttpClusterRpcAnswerTests.BlockWith("""{"InstructionError":[0,{"Custom":"6"}]}""") },
    };

    [Theory]
    [MemberData(nameof(WrongResults))]
    public async Task Call_ResultOfAnotherShape_Nonsense(string method, string result)
    {
        using var rpc = FakeNode.WithResult(result);

        var thrown = await ThrownAsync(Call(rpc, method));

        thrown.Failure.Should().Be(ClusterRpcFailure.InvalidResponse);
        thrown.Method.Should().Be(method);
    }

    [Fact]
    public async Task GetHealth_DataOfAnotherShape_Nonsense()
    {
        using var rpc = FakeNode.WithError("""{"code":-32005,"message":"Node is unhealthy","data":{"numSlotsBehind":"many"}}""");

        (await ThrownAsync(rpc.GetHealthAsync(Cancellation))).Failure.Should().Be(ClusterRpcFailure.InvalidResponse);
    }

    [Fact]
    public async Task GetHealth_AnotherError_Refused()
    {
        using var rpc = FakeNode.WithError("""{"code":-32603,"message":"Internal error"}""");

        (await ThrownAsync(rpc.GetHealthAsync(Cancellation))).Failure.Should().Be(ClusterRpcFailure.Refused);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}""")]
    [InlineData("""{"jsonrpc":"2.0","result":null,"error":{"code":-32700,"message":"Parse error"},"id":ID}""")]
    public async Task GetSlot_ErrorInUnusualDress_Refused(string body)
    {
        using var rpc = FakeNode.Saying(body);

        (await ThrownAsync(rpc.GetSlotAsync(Commitment.Processed, Cancellation))).Code.Should().Be(-32700);
    }

    [Fact]
    public async Task GetSlot_NullErrorBesideAResult_TheResult()
    {
        using var rpc = FakeNode.Saying("""{"jsonrpc":"2.0","result":4787,"error":null,"id":ID}""");

        (await rpc.GetSlotAsync(Commitment.Processed, Cancellation)).Should().Be(4787);
    }

    [Theory]
    [InlineData(404, "not found")]
    [InlineData(502, "<html>Bad Gateway</html>")]
    [InlineData(503, """{"jsonrpc":"2.0","result":4787,"id":ID}""")]
    [InlineData(503, """{"jsonrpc":"2.0","error":{"code":-1,"message":"not ours"},"id":null}""")]
    [InlineData(204, "")]
    [InlineData(302, "")]
    [InlineData(429, """{"jsonrpc":"2.0","error":{"code":429,"message":"Too many requests"},"id":ID}""")]
    public async Task GetSlot_OtherStatus_HttpErrorWithIt(int status, string body)
    {
        using var rpc = FakeNode.Saying(body, (HttpStatusCode)status);

        var thrown = await ThrownAsync(rpc.GetSlotAsync(Commitment.Processed, Cancellation));

        thrown.Failure.Should().Be(ClusterRpcFailure.HttpError);
        thrown.Code.Should().Be(status);
    }

    [Fact]
    public async Task GetSlot_OtherStatusWithTheNodesOwnError_Refused()
    {
        using var rpc = FakeNode.Saying("""{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":ID}""", HttpStatusCode.NotFound);

        var thrown = await ThrownAsync(rpc.GetSlotAsync(Commitment.Processed, Cancellation));

        thrown.Failure.Should().Be(ClusterRpcFailure.Refused);
        thrown.Code.Should().Be(-32601);
    }

    [Fact]
    public async Task GetSlot_NodeSilent_TimedOutAtTheLimitAndNotBefore()
    {
        var time = new FakeTimeProvider();
        using var rpc = new FakeNode((_, cancellation) => SilenceAsync<HttpResponseMessage>(cancellation)).Client(new() { CallTimeLimit = TimeSpan.FromSeconds(2) }, time);

        var call = rpc.GetSlotAsync(Commitment.Processed, Cancellation);
        time.Advance(TimeSpan.FromMilliseconds(1999));
        call.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));

        var thrown = await ThrownAsync(call);
        thrown.Failure.Should().Be(ClusterRpcFailure.TimedOut);
        thrown.Message.Should().Contain("2 s");
    }

    [Fact]
    public async Task GetSlot_BodyNeverEnds_TimedOut()
    {
        var time = new FakeTimeProvider();
        var body = new SlowStream();
        using var rpc = new FakeNode((_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(body) })).Client(timeProvider: time);

        var call = rpc.GetSlotAsync(Commitment.Processed, Cancellation);
        await body.Waiting;
        time.Advance(TimeSpan.FromSeconds(5));

        (await ThrownAsync(call)).Failure.Should().Be(ClusterRpcFailure.TimedOut);
    }

    [Fact]
    public async Task GetSlot_ClientsOwnLimit_TimedOut()
    {
        using var rpc = FakeNode.Throwing(new TaskCanceledException("The request was canceled", new TimeoutException()));

        (await ThrownAsync(rpc.GetSlotAsync(Commitment.Processed, Cancellation))).Failure.Should().Be(ClusterRpcFailure.TimedOut);
    }

    [Fact]
    public async Task GetSlot_CallerGivesUpWhileTheLimitEndsToo_Cancelled()
    {
        var time = new FakeTimeProvider();
        using var cancellation = new CancellationTokenSource();
        using var rpc = new FakeNode((_, token) => SilenceAsync<HttpResponseMessage>(token)).Client(timeProvider: time);

        var call = rpc.GetSlotAsync(Commitment.Processed, cancellation.Token);
        await cancellation.CancelAsync();
        time.Advance(TimeSpan.FromSeconds(5));

        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
    }

    public static TheoryData<Exception> LostConnections =>
    [
        new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused (10.0.0.7:8899)", new SocketException(111)),
        new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known"),
        new HttpRequestException(HttpRequestError.SecureConnectionError, "The SSL connection could not be established"),
        new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely."),
        new IOException("Broken pipe"),
        new TaskCanceledException("The client was disposed."),
    ];

    [Theory]
    [MemberData(nameof(LostConnections))]
    public async Task GetSlot_NoConnectionOrABrokenOne_Unreachable(Exception exception)
    {
        using var rpc = FakeNode.Throwing(exception);

        var thrown = await ThrownAsync(rpc.GetSlotAsync(Commitment.Processed, Cancellation));

        thrown.Failure.Should().Be(ClusterRpcFailure.Unreachable);
        thrown.InnerException.Should().BeSameAs(exception);
        thrown.Message.Should().Contain(exception.Message);
    }

    [Fact]
    public async Task GetSlot_ServerDoesNotSpeakHttp_Nonsense()
    {
        using var rpc = FakeNode.Throwing(new HttpRequestException(HttpRequestError.InvalidResponse, "Received an invalid status line: 'SSH-2.0-OpenSSH'."));

        (await ThrownAsync(rpc.GetSlotAsync(Commitment.Processed, Cancellation))).Failure.Should().Be(ClusterRpcFailure.InvalidResponse);
    }

    [Fact]
    public async Task GetSlot_AnswerTooLong_NonsenseWithoutReadingOn()
    {
        var options = new HttpClusterRpcOptions { MaxAnswerBytes = 1024 };
        using var rpc = new FakeNode((_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new EndlessStream()) })).Client(options);

        var thrown = await ThrownAsync(rpc.GetSlotAsync(Commitment.Processed, Cancellation));

        thrown.Failure.Should().Be(ClusterRpcFailure.InvalidResponse);
        thrown.Message.Should().Contain("1024");
    }

    internal static Task Call(HttpClusterRpc rpc, string method) => method switch
    {
        "getIdentity" => rpc.GetIdentityAsync(Cancellation),
        "getHealth" => rpc.GetHealthAsync(Cancellation),
        "getSlot" => rpc.GetSlotAsync(Commitment.Processed, Cancellation),
        "getEpochInfo" => rpc.GetEpochInfoAsync(Commitment.Processed, Cancellation),
        "getLeaderSchedule" => rpc.GetLeaderScheduleAsync(null, Pubkey.Parse(Key), Cancellation),
        "getVoteAccounts" => rpc.GetVoteAccountsAsync(Commitment.Processed, null, Cancellation),
        "getAccountInfo" => rpc.GetAccountInfoAsync(Pubkey.Parse(Key), Commitment.Processed, Cancellation),
        "getClusterNodes" => rpc.GetClusterNodesAsync(Cancellation),
        "getVersion" => rpc.GetVersionAsync(Cancellation),
        "getAgGenesisCert" => rpc.GetAgGenesisCertAsync(Cancellation),
        "getGenesisHash" => rpc.GetGenesisHashAsync(Cancellation),
        "getBlocks" => rpc.GetBlocksAsync(10, 20, Commitment.Confirmed, Cancellation),
        "getBlock" => rpc.GetBlockAsync(4786, Commitment.Confirmed, Cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, null),
    };

    private static async Task<ClusterRpcException> ThrownAsync(Task call) =>
        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<ClusterRpcException>()).Which;

    private static async Task<T> SilenceAsync<T>(CancellationToken cancellationToken) =>
        await new TaskCompletionSource<T>().Task.WaitAsync(cancellationToken);

    /// <summary>The beginning of an answer, then silence.</summary>
    private sealed class SlowStream : MemoryStream
    {
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SlowStream()
            : base(Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","""))
        {
        }

        public Task Waiting => _waiting.Task;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < Length)
            {
                return await base.ReadAsync(buffer, cancellationToken);
            }

            _waiting.TrySetResult();
            return await SilenceAsync<int>(cancellationToken);
        }
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
