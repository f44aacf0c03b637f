using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Daemon;
using Tachyon.Failover.Daemon.Events;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Daemon;

/// <summary>Events, posted to a server on loopback that does what the test says.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private readonly Channel<string> _posted = Channel.CreateUnbounded<string>();
    private readonly Queue<int> _answers = new();
    private readonly DaemonMetrics _metrics = new(new DaemonStatus(TimeSpan.FromSeconds(1)), TimeProvider.System);
    private readonly HttpClient _client = new();
    private readonly TextLog _log = new();
    private WebApplication? _server;
    private Uri? _address;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tell_Event_IsPostedAsOneJsonObject()
    {
        using var hook = await StartAsync();

        hook.Tell(Event("after-takeover") with { Outcome = "Completed", Details = ["x"], IsUrgent = true });

        using var json = JsonDocument.Parse(await _posted.Reader.ReadAsync(Token));
        var root = json.RootElement;
        root.GetProperty("version").GetInt32().Should().Be(1);
        root.GetProperty("event").GetString().Should().Be("after-takeover");
        root.GetProperty("stakedIdentity").GetString().Should().Be("Ayku");
        root.GetProperty("source").GetString().Should().Be("north");
        root.GetProperty("outcome").GetString().Should().Be("completed");
        root.GetProperty("isUrgent").GetBoolean().Should().BeTrue();
        await hook.StopAsync(Token);
    }

    [Fact]
    public async Task Tell_ServerFailsOnce_IsPostedAgainAndTheOthersFollowInTheirOrder()
    {
        _answers.Enqueue(500);
        using var hook = await StartAsync();

        hook.Tell(Event("one"));
        hook.Tell(Event("two"));

        (await ReadNamesAsync(3)).Should().Equal("one", "one", "two");
        _log.Text.Should().Contain("it answered 500").And.NotContain("secret", "the address may be one");
        await hook.StopAsync(Token);
    }

    [Fact]
    public async Task Tell_NobodyAnswers_ReturnsAtOnceAndIsLetGoInTheEnd()
    {
        _address = new Uri("http://127.0.0.1:9/secret");
        using var hook = await StartAsync(tries: 1);

        hook.Tell(Event("one"));
        await hook.StopAsync(Token);

        _log.Text.Should().Contain("try 1 of 1").And.NotContain("secret");
    }

    [Fact]
    public async Task StopAsync_EventsWait_ArePostedBeforeItEnds()
    {
        using var hook = await StartAsync();
        hook.Tell(Event("one"));
        hook.Tell(Event("two"));

        await hook.StopAsync(Token);

        (await ReadNamesAsync(2)).Should().Equal("one", "two");
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            context.Response.StatusCode = _answers.TryDequeue(out var code) ? code : StatusCodes.Status204NoContent;
            await _posted.Writer.WriteAsync(body, context.RequestAborted);
        });
        await _server.StartAsync(Token);
        _address = new Uri($"{_server.Urls.First()}/secret");
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _client.Dispose();
        _metrics.Dispose();
        _log.Dispose();
    }

    private static DaemonEvent Event(string name) => new() { Name = name, At = TimeProvider.System.GetUtcNow(), Source = "north", Target = "south" };

    private async Task<Webhook> StartAsync(int tries = 3)
    {
        var hook = new Webhook(new WebhookSettings { Url = _address!, Tries = tries }, "me", "Ayku", _client, _metrics, TimeProvider.System, _log.CreateLogger<Webhook>());
        await hook.StartAsync(Token);
        return hook;
    }

    private async Task<List<string?>> ReadNamesAsync(int count)
    {
        var names = new List<string?>();
        while (names.Count < count)
        {
            using var json = JsonDocument.Parse(await _posted.Reader.ReadAsync(Token));
            names.Add(json.RootElement.GetProperty("event").GetString());
        }

        return names;
    }
}
