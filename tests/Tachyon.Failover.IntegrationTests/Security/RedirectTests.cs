using System.Net;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Pairs;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Security;

/// <summary>An RPC that sends its callers elsewhere: a server answers for itself alone.</summary>
public sealed class RedirectTests : IAsyncLifetime
{
    private readonly WebApplication _second = Server();
    private readonly WebApplication _first = Server();
    private int _reached;
    private int _status;
    private string? _location;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _second.Run(context =>
        {
            _reached++;
            return context.Response.WriteAsync("""{"jsonrpc":"2.0","result":5,"id":1}""");
        });
        _first.Run(context =>
        {
            context.Response.StatusCode = _status;
            if (_location is not null)
            {
                context.Response.Headers.Location = _location;
            }

            return Task.CompletedTask;
        });
        await _second.StartAsync(Token);
        await _first.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task X8_GetSlotAsync_SentToAnotherServer_IsAnErrorWithTheStatus(int status)
    {
        var error = await ErrorAsync(status, $"{_second.Urls.First()}/");

        error.Message.Should().Contain(status.ToString(System.Globalization.CultureInfo.InvariantCulture)).And.Contain(new Uri(_first.Urls.First()).Authority);
        _reached.Should().Be(0);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("//")]
    [InlineData(null)]
    public async Task X8_GetSlotAsync_SentToNoAddress_IsAnErrorOfTheRpc(string? location) => await ErrorAsync(307, location);

    /// <summary>A caller's own client may follow redirects, and then its errors are of many types.</summary>
    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("//")]
    public async Task X8_GetSlotAsync_CallersClientFollows_IsAnErrorOfTheRpc(string location)
    {
        (_status, _location) = (307, location);
        using var http = new HttpClient();

        await FluentActions.Awaiting(() => new HttpClusterRpc(http, new Uri(_first.Urls.First())).GetSlotAsync(Commitment.Processed, Token)).Should().ThrowAsync<ClusterRpcException>();
    }

    private async Task<ClusterRpcException> ErrorAsync(int status, string? location)
    {
        (_status, _location) = (status, location);
        using var http = ForeignServer.NewClient();
        using var rpc = new HttpClusterRpc(http, new Uri(_first.Urls.First()));
        return (await FluentActions.Awaiting(() => rpc.GetSlotAsync(Commitment.Processed, Token)).Should().ThrowAsync<ClusterRpcException>()).Which;
    }

    private static WebApplication Server()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        return builder.Build();
    }
}
