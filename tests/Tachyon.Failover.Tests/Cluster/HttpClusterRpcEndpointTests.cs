using System.Net;
using System.Text;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Xunit;

namespace Tachyon.Failover.Tests.Cluster;

public sealed class HttpClusterRpcEndpointTests
{
    private const string PathKey = "s3cr3t-path-k3y";
    private const string QueryKey = "s3cr3t query k3y";

    private static readonly Uri Endpoint = new($"https://rpc.example:8443/v1/{PathKey}?api-key={Uri.EscapeDataString(QueryKey)}");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int, string> Quotations => new()
    {
        { 404, $"Cannot POST {Endpoint.PathAndQuery}" },
        { 403, $"key '{QueryKey}' is not known" },
        { 403, new string('x', 195) + PathKey },
        { 200, $"<p>{PathKey}</p>" },
        { 200, $$"""{"jsonrpc":"2.0","error":{"code":-1,"message":"{{PathKey.ToUpperInvariant()}} is blocked"},"id":1}""" },
    };

    [Theory]
    [MemberData(nameof(Quotations))]
    public async Task Message_ServerQuotesTheAddress_NoKeyInIt(int status, string body)
    {
        using var rpc = new FakeNode((_, _) => Task.FromResult(FakeNode.Response(body, (HttpStatusCode)status))).Client(endpoint: Endpoint);

        var thrown = (await FluentActions.Awaiting(() => rpc.GetSlotAsync(Commitment.Processed, Cancellation)).Should().ThrowAsync<ClusterRpcException>()).Which;

        thrown.ToString().Should().Contain("https://rpc.example:8443 ").And.NotContainEquivalentOf("s3cr3t");
    }

    [Fact]
    public async Task Message_LongBodyWithControlCharacters_OneShortLine()
    {
        using var rpc = FakeNode.Saying("\u001b[31m\r\n" + new string('x', 100_000), HttpStatusCode.BadGateway);

        var thrown = (await FluentActions.Awaiting(() => rpc.GetSlotAsync(Commitment.Processed, Cancellation)).Should().ThrowAsync<ClusterRpcException>()).Which;

        thrown.Message.Length.Should().BeLessThan(500);
        thrown.Message.Any(char.IsControl).Should().BeFalse();
    }

    [Fact]
    public async Task Call_EndpointWithPathAndQuery_SentThere()
    {
        Uri? asked = null;
        var client = new HttpClient(new Watching(uri => asked = uri));
        using var rpc = new HttpClusterRpc(client, Endpoint);

        (await rpc.GetSlotAsync(Commitment.Processed, Cancellation)).Should().Be(4787);
        asked.Should().Be(Endpoint);
    }

    [Theory]
    [InlineData("ftp://rpc.example/")]
    [InlineData("/rpc")]
    [InlineData("https://user:s3cr3t@rpc.example/")]
    public void Constructor_UnusableEndpoint_RefusedWithoutQuotingIt(string endpoint)
    {
        using var client = new HttpClient();

        FluentActions.Invoking(() => new HttpClusterRpc(client, new Uri(endpoint, UriKind.RelativeOrAbsolute)))
            .Should().Throw<ArgumentException>().Which.Message.Should().NotContain("s3cr3t");
    }

    [Fact]
    public void Constructor_OptionsOutOfBounds_AllNamedAtOnce()
    {
        using var client = new HttpClient();
        var options = new HttpClusterRpcOptions { CallTimeLimit = TimeSpan.FromMilliseconds(9), MaxAnswerBytes = 1023 };

        FluentActions.Invoking(() => new HttpClusterRpc(client, Endpoint, options))
            .Should().Throw<InvalidSettingsException>().Which.Errors.Should().Equal(options.Validate()).And.HaveCount(2);
    }

    [Fact]
    public async Task Dispose_ClientOfTheCaller_StillUsable()
    {
        using var client = new HttpClient(new Watching(_ => { }));
        new HttpClusterRpc(client, Endpoint).Dispose();

        using var rpc = new HttpClusterRpc(client, Endpoint);
        (await rpc.GetSlotAsync(Commitment.Processed, Cancellation)).Should().Be(4787);
    }

    private sealed class Watching(Action<Uri?> watch) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            watch(request.RequestUri);
            request.Content!.Headers.ContentType!.ToString().Should().Be("application/json");
            return Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","result":4787,"id":1}""")) });
        }
    }
}
