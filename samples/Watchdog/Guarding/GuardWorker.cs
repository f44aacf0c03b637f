using Tachyon.Failover.Cli.Pairs;
using Tachyon.Failover.Watchdog.Events;

namespace Tachyon.Failover.Watchdog.Guarding;

/// <summary>Guards the node that this machine is.</summary>
internal sealed class GuardWorker(PairFile file, string node, OpenPair open, IEventSink events, WatchdogStatus status, TimeProvider time, ILogger<GuardWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _ = (open, events, status, time);
        logger.GuardBegun(node, file.Watchdog.Guard.Arithmetic);
        throw new NotSupportedException("Being built.");
    }
}
