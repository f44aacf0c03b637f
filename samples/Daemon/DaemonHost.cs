using Microsoft.Extensions.Logging.Console;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Telemetry;
using Tachyon.Failover.Daemon.Events;
using Tachyon.Failover.Daemon.Guarding;
using Tachyon.Failover.Daemon.Health;
using Tachyon.Failover.Daemon.Hooks;
using Tachyon.Failover.Daemon.Monitoring;

namespace Tachyon.Failover.Daemon;

/// <summary>Builds the service.</summary>
internal static class DaemonHost
{
    /// <summary>Longer than the verification of a promoted takeover, and longer than the rollback of an unpromoted one. systemd's TimeoutStopSec is longer still.</summary>
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromMinutes(10);

    public static IHost Build(PairFile file, DaemonArguments arguments, IPairOpener opener, ITakeoverLease? lease = null)
    {
        var settings = file.Daemon;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSystemd();
        builder.Logging.AddConsole(console => console.FormatterName = settings.LogsJson ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple)
            .AddSimpleConsole(simple => (simple.SingleLine, simple.TimestampFormat, simple.UseUtcTimestamp) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ ", true))
            .AddJsonConsole(json => (json.TimestampFormat, json.UseUtcTimestamp, json.IncludeScopes) = ("yyyy-MM-ddTHH:mm:ss.fffZ", true, false))
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Tachyon.Failover", LogLevel.Information)
            .AddFilter(FailoverTelemetry.ShellLogCategory, LogLevel.Warning);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.FormatterName = settings.LogsJson ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple);
        builder.Services.Configure<HostOptions>(host => (host.ShutdownTimeout, host.BackgroundServiceExceptionBehavior) = (ShutdownLimit, BackgroundServiceExceptionBehavior.StopHost));

        var (identity, me) = (file.Identity.ToString(), file.Options.Holder);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(settings)
            .AddSingleton(new DaemonStatus(arguments.Guard is null ? settings.Monitor.Interval : settings.Guard.Interval))
            .AddSingleton<DaemonMetrics>()
            .AddSingleton<PrometheusText>()
            .AddSingleton(_ => opener.Open(file, TimeProvider.System))
            .AddSingleton(given => new HealthEndpoint(settings.Health, given.GetRequiredService<DaemonStatus>(), given.GetRequiredService<PrometheusText>(), TimeProvider.System, given.GetRequiredService<ILogger<HealthEndpoint>>()))
            .AddSingleton(given => new Webhook(settings.Webhook, me, identity, ForeignServer.NewClient(), given.GetRequiredService<DaemonMetrics>(), TimeProvider.System, given.GetRequiredService<ILogger<Webhook>>()))
            .AddSingleton<IEventSink>(given => given.GetRequiredService<Webhook>());

        // Services stop in reverse order: first the service that acts, then those that report, then those that are asked.
        builder.Services.AddHostedService(given => given.GetRequiredService<HealthEndpoint>()).AddHostedService(given => given.GetRequiredService<Webhook>());
        if (arguments.Guard is { } node)
        {
            builder.Services.AddHostedService(given => ActivatorUtilities.CreateInstance<GuardWorker>(given, file, node));
            return builder.Build();
        }

        builder.Services
            .AddSingleton(given => new HookRunner(Path.GetFullPath(file.Path), identity, TimeProvider.System, given.GetRequiredService<ILogger<HookRunner>>()))
            .AddSingleton<RunHook>(given => given.GetRequiredService<HookRunner>().RunAsync)
            .AddSingleton(TakeoverMark.Beside(file.Journal))
            .AddSingleton<IMaintenancePause>(new FileMaintenancePause(file.Pause))
            .AddSingleton(given => new LeaseKeeper(lease ?? new InMemoryTakeoverLease(), me, TimeProvider.System, given.GetRequiredService<ILogger<LeaseKeeper>>()))
            .AddSingleton(given =>
            {
                file.Options.Journal = given.GetRequiredService<OpenPair>().Journal;
                file.Options.Reclassify = settings.Severity;
                return new FailoverCoordinator(file.Options, given.GetRequiredService<ILoggerFactory>());
            })
            .AddSingleton(given =>
            {
                var daemon = ActivatorUtilities.CreateInstance<DaemonLoop>(given);
                if (arguments.Enable)
                {
                    daemon.Enable();
                }

                return daemon;
            })
            .AddSingleton<Func<ValidatorPair, IMonitoredPair>>(given =>
            {
                settings.Monitor.Journal = given.GetRequiredService<OpenPair>().Journal;
                settings.Monitor.Pause = given.GetRequiredService<IMaintenancePause>();
                return pair => new CoordinatedPair(pair, given.GetRequiredService<FailoverCoordinator>(), settings.Policy, settings.Monitor, given.GetRequiredService<ILoggerFactory>(), TimeProvider.System);
            })
            .AddHostedService<PairWatch>();
        return builder.Build();
    }
}
