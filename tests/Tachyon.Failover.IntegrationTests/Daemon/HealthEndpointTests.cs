using System.Net;
using System.Net.Sockets;
using System.Text;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Daemon;
using Tachyon.Failover.Daemon.Health;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Daemon;

/// <summary>The endpoint, asked over loopback.</summary>
public sealed class HealthEndpointTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly DaemonStatus _status = new(TimeSpan.FromSeconds(1));
    private readonly PrometheusText _metrics = new();
    private readonly DaemonMetrics _own;
    private readonly HealthEndpoint _endpoint;
    private readonly HttpClient _client = new();

    public HealthEndpointTests()
    {
        _own = new DaemonMetrics(_status, _time);
        _endpoint = new HealthEndpoint(new Uri("http://127.0.0.1:0"), _status, _metrics, _time, NullLogger<HealthEndpoint>.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Healthz_ProbesAndThenHangs_SaysSo()
    {
        (await GetAsync("/healthz")).Should().Match<(HttpStatusCode Code, string Text)>(answer => answer.Code == HttpStatusCode.ServiceUnavailable && answer.Text.Contains("it has had no reading yet"));

        _status.Probed(_time);
        (await GetAsync("/healthz")).Should().Match<(HttpStatusCode Code, string Text)>(answer => answer.Code == HttpStatusCode.OK && answer.Text.StartsWith("alive: its last reading was 0 s ago"));

        _time.Advance(TimeSpan.FromSeconds(31));
        (await GetAsync("/healthz")).Code.Should().Be(HttpStatusCode.ServiceUnavailable);

        _status.Set(now => now with { IsBusy = true });
        (await GetAsync("/healthz")).Text.Should().StartWith("alive: it is at work");
    }

    [Fact]
    public async Task Readyz_WhatKeepsItFromActing_IsAllSaid()
    {
        _status.Probed(_time);
        _status.Set(now => now with { IsEnabled = false, WhyDisabled = "it is disabled: it was not told to (--enable)", Verdict = MonitorState.Unknown, Words = "no witness answers" });

        var (code, text) = await GetAsync("/readyz");

        code.Should().Be(HttpStatusCode.ServiceUnavailable);
        text.Should().Contain("--enable").And.Contain("no witness answers");
        _status.Set(now => now with { IsEnabled = true, Verdict = MonitorState.Healthy });
        (await GetAsync("/readyz")).Should().Be((HttpStatusCode.OK, "ready\n"));
    }

    [Fact]
    public async Task Metrics_OwnAndTheLibrarys_AreAsPrometheusReadsThem()
    {
        _status.Set(now => now with { Verdict = MonitorState.Lost, Silence = TimeSpan.FromSeconds(2.5), IsEnabled = true, TowerCopyAge = 7 });
        _own.TakeoverEnded("Refused");
        _own.TakeoverEnded("Refused");
        _own.TakeoverEnded("Completed");

        var text = (await GetAsync("/metrics")).Text;

        text.Should().Contain("# HELP failoverd_takeovers_total Takeovers that were tried, by outcome.\n# TYPE failoverd_takeovers_total counter\nfailoverd_takeovers_total{outcome=\"Completed\"} 1\nfailoverd_takeovers_total{outcome=\"Refused\"} 2\n")
            .And.Contain("# TYPE failoverd_verdict gauge\nfailoverd_verdict 3\n").And.Contain("failoverd_silence_seconds 2.5\n").And.Contain("failoverd_enabled 1\n").And.Contain("failoverd_tower_copy_age 7\n");
        _status.Set(now => now with { TowerCopyAge = null });
        (await GetAsync("/metrics")).Text.Should().NotContain("failoverd_tower_copy_age 7", "what is not known is left out");
    }

    [Theory]
    [InlineData("/", HttpStatusCode.NotFound)]
    [InlineData("/healthz/more", HttpStatusCode.NotFound)]
    public async Task Get_AnythingElse_IsNotFound(string path, HttpStatusCode code) => (await GetAsync(path)).Code.Should().Be(code);

    [Fact]
    public async Task Post_Anything_IsRefused()
    {
        using var answer = await _client.PostAsync(new Uri(_endpoint.Address!, "/healthz"), content: null, Token);

        answer.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
    }

    /// <summary>A takeover is worth more than to be asked how it is.</summary>
    [Theory]
    [InlineData("taken")]
    [InlineData("192.0.2.1:9464")]
    public async Task StartAsync_AddressCannotBeListenedAt_IsLoggedAndNothingElseEnds(string where)
    {
        var address = where == "taken" ? _endpoint.Address! : new Uri($"http://{where}");
        using var log = new TextLog();
        await using var second = new HealthEndpoint(address, _status, _metrics, _time, log.CreateLogger<HealthEndpoint>());

        await second.StartAsync(Token);

        second.Address.Should().BeNull();
        log.Text.Should().Contain($"Health cannot be asked for: {address} cannot be listened at");
        await second.StopAsync(Token);
    }

    /// <summary>A monitor restarts a daemon that does not answer.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: x\r\n")]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")]
    public async Task X13_Healthz_ThousandConnectionsThatStay_AnswersTheNextOne(string said)
    {
        _status.Probed(_time);
        var idle = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 1000; i++)
            {
                var client = new TcpClient();
                idle.Add(client);
                await client.ConnectAsync(IPAddress.Loopback, _endpoint.Address!.Port, Token);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(said), Token);
            }

            (await GetAsync("/healthz")).Code.Should().Be(HttpStatusCode.OK);
        }
        finally
        {
            idle.ForEach(static client => client.Dispose());
        }
    }

    public async ValueTask InitializeAsync() => await _endpoint.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _endpoint.StopAsync(CancellationToken.None);
        await _endpoint.DisposeAsync();
        _client.Dispose();
        _own.Dispose();
        _metrics.Dispose();
    }

    private async Task<(HttpStatusCode Code, string Text)> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(_endpoint.Address!, path), Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }
}
