using Tachyon.Failover.Pairs;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Monitoring;
using Tachyon.Failover.Watch;
using Tachyon.Failover.Watchdog.Events;

namespace Tachyon.Failover.Watchdog.Guarding;

/// <summary>Guards the node that this machine is: the library's <see cref="NodeGuard"/>, and what it tells.</summary>
internal sealed class GuardWorker(PairFile file, string node, OpenPair open, IEventSink events, WatchdogStatus status, ILoggerFactory loggers, TimeProvider time, ILogger<GuardWorker> logger) : BackgroundService
{
    private GuardState? _told;
    private long? _demotingSince;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pair = open.To(null) is { } oneWay && oneWay.Source.Name == node ? oneWay : open.To(open.To(null).Source.Name);
        var guard = new NodeGuard(pair.Source, pair.StakedIdentity, WitnessesOf(pair), file.Watchdog.Guard, loggers, time, pair.Towers);
        if (file.Watchdog.WhyNoWebhook is { } whyNot)
        {
            // The watcher counts on this guard: it goes on without.
            logger.WebhookLeftOut(whyNot);
        }

        logger.GuardBegun(node, file.Watchdog.Guard.Arithmetic);
        await guard.RunAsync(new Reports(this), stoppingToken);
    }

    /// <summary>The same as the watcher's, but for the other node's own: it may be cut off together with this one, or run nothing.</summary>
    private static ClusterWitness[] WitnessesOf(ValidatorPair pair) =>
        ReferenceEquals(pair.Cluster, pair.Source.Rpc) || ReferenceEquals(pair.Cluster, pair.Target.Rpc) ? [.. pair.Witnesses] : [new ClusterWitness { Name = "cluster", Rpc = pair.Cluster }, .. pair.Witnesses];

    private void Take(GuardReport report)
    {
        status.Looked(time);
        _demotingSince = report.State == GuardState.Demoting ? _demotingSince ?? time.GetTimestamp() : null;
        var isLate = _demotingSince is { } since && time.GetElapsedTime(since) > file.Watchdog.Guard.Worst - file.Watchdog.Guard.DemoteAfter;
        status.Set(now => now with
        {
            Source = node,
            Verdict = VerdictOf(report),
            Silence = report.Silence,
            Words = report.ToString(),
            IsArmed = report.State != GuardState.NotGuarding,
            WhyNotArmed = $"it does not guard: {report.Reason}",
            Held = isLate ? $"it has not demoted the node within the time that a watcher counts on: {report.Reason}" : null,
            IsBusy = report.State == GuardState.Demoting,
        });
        if (report.State == _told && report.State != GuardState.Demoting)
        {
            return;
        }

        var isNew = report.State != _told;
        _told = report.State;
        logger.GuardReported(node, report.ToString());
        if (isNew)
        {
            events.Tell(new WatchdogEvent
            {
                Name = EventNames.Guard,
                At = report.At,
                Source = node,
                State = report.State.ToString(),
                Reason = report.Reason,
                IsUrgent = report.State is GuardState.Demoting or GuardState.Demoted or GuardState.NotGuarding,
            });
        }
    }

    /// <summary>As a watch would say it, for those who ask for health.</summary>
    private WatchState VerdictOf(GuardReport report) => report.State switch
    {
        GuardState.ClusterStandsStill or GuardState.NotGuarding => WatchState.CannotTell,
        GuardState.Demoting or GuardState.Demoted => WatchState.Lost,
        GuardState.Guarding when report.Silence > file.Watchdog.Guard.DemoteAfter / 2 => WatchState.Suspect,
        _ => WatchState.Healthy,
    };

    private sealed class Reports(GuardWorker worker) : IProgress<GuardReport>
    {
        public void Report(GuardReport value) => worker.Take(value);
    }
}
