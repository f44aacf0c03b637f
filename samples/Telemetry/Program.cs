using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Tachyon.Failover;
using Tachyon.Failover.Telemetry;
using Tachyon.Failover.TelemetrySample;

// Embeds the library, and prints the telemetry of one switchover between two stand-in validators.
await using var nodes = await StandIns.StartAsync();

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter(FailoverTelemetry.LogCategory, LogLevel.Information);
builder.Services.AddFailover(static options => options.MinimumIdle = TimeSpan.Zero);
builder.Services.AddOpenTelemetry()
    .WithTracing(tracing => tracing.AddSource(FailoverTelemetry.ActivitySourceName).AddConsoleExporter())
    .WithMetrics(metrics => metrics.AddMeter(FailoverTelemetry.MeterName).AddConsoleExporter());

using var host = builder.Build();
await host.StartAsync();
var coordinator = host.Services.GetRequiredService<FailoverCoordinator>();
var result = await coordinator.SwitchoverAsync(nodes.Pair.FromAToB);

// Measurements are exported when the host ends.
await host.StopAsync();
await ((IAsyncDisposable)host).DisposeAsync();
Console.WriteLine(result);
return result.Outcome == FailoverOutcome.Completed ? 0 : 1;
