using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace Tachyon.Failover.Daemon.Health;

/// <summary>
/// Plain HTTP for monitors: <c>/healthz</c> (alive, and reading), <c>/readyz</c> (would act now), <c>/metrics</c> (Prometheus). Bare Kestrel: no routing, no configuration of its own. It is a service
/// of the host, so that it answers until the last takeover has ended. If it cannot listen, it logs that, and the daemon continues: a missing endpoint must not prevent a takeover.
/// </summary>
internal sealed class HealthEndpoint(Uri? address, DaemonStatus status, PrometheusText metrics, TimeProvider time, ILogger<HealthEndpoint> logger) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private WebApplication? _app;

    /// <summary>The address it listens at. With port 0 in the settings, it has the chosen port. Null if there is none, or if listening failed.</summary>
    public Uri? Address { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (address is null)
        {
            return;
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;

            // A monitor asks and leaves. Connections that say nothing must not keep the next one out.
            options.Limits.MaxConcurrentConnections = 1024;
            options.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(5);
            options.Limits.MaxRequestBodySize = 0;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
            options.Listen(address.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(address.Host.Trim('[', ']')), address.Port);
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // Another program has the port, or the address is not one of this machine's.
            logger.HealthFailed(address.ToString(), exception.Message.TrimEnd('.'));
            await DisposeAsync();
            _app = null;
            return;
        }

        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        logger.HealthBegun(Address.ToString());
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is not null)
        {
            using var limit = new CancellationTokenSource(StopTimeout, time);
            await _app.StopAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return WriteAsync(context.Response, StatusCodes.Status405MethodNotAllowed, "text/plain", "only GET is answered\n");
        }

        return context.Request.Path.Value switch
        {
            "/healthz" => WriteAsync(context.Response, status.IsAlive(time) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, "text/plain", Health()),
            "/readyz" => WriteAsync(context.Response, status.WhyNotReady(time).Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, "text/plain", Readiness()),
            "/metrics" => WriteAsync(context.Response, StatusCodes.Status200OK, "text/plain; version=0.0.4", metrics.Write()),
            _ => WriteAsync(context.Response, StatusCodes.Status404NotFound, "text/plain", "there are /healthz, /readyz and /metrics\n"),
        };
    }

    private string Health()
    {
        var since = status.SinceProbe(time);
        var looked = status.Now.IsBusy ? "it is at work" : since == TimeSpan.MaxValue ? "it has had no reading yet" : string.Create(CultureInfo.InvariantCulture, $"its last reading was {since.TotalSeconds:0} s ago");
        return $"{(status.IsAlive(time) ? "alive" : "hanging")}: {looked}\n{status.Now.Words}\n";
    }

    private string Readiness() => status.WhyNotReady(time) is { Count: > 0 } reasons ? $"not ready\n{string.Join("", reasons.Select(reason => $"{reason}\n"))}" : "ready\n";

    private static Task WriteAsync(HttpResponse response, int code, string type, string text)
    {
        response.StatusCode = code;
        response.ContentType = $"{type}; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync(text);
    }
}
