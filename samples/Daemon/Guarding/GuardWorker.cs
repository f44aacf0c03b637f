using Tachyon.Failover.Cluster;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Daemon.Events;

namespace Tachyon.Failover.Daemon.Guarding;

/// <summary>Guards this machine's node: runs the library's <see cref="NodeGuard"/>, and passes its reports on.</summary>
internal sealed class GuardWorker(PairFile file, string node, OpenPair open, IEventSink events, DaemonStatus status, ILoggerFactory loggers, TimeProvider time, ILogger<GuardWorker> logger) : BackgroundService
{
    private GuardState? _told;
    private readonly GuardStanding _standing = new(node, file.Daemon.Guard, status, time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pair = open.To(null) is { } oneWay && oneWay.Source.Name == node ? oneWay : open.To(open.To(null).Source.Name);
        var guard = new NodeGuard(pair.Source, pair.StakedIdentity, WitnessesOf(pair), file.Daemon.Guard, loggers, time, pair.Towers);
        if (file.Daemon.WhyNoWebhook is { } whyNot)
        {
            // The daemon counts on this guard. It continues without a webhook.
            logger.WebhookLeftOut(whyNot);
        }

        logger.GuardBegun(node, file.Daemon.Guard.Arithmetic);
        await guard.RunAsync(new Reports(this), stoppingToken);
    }

    /// <summary>The daemon's witnesses without the other node's RPC: that node may be cut off together with this one, or run nothing.</summary>
    private static Witness[] WitnessesOf(ValidatorPair pair) =>
        ReferenceEquals(pair.Cluster, pair.Source.Rpc) || ReferenceEquals(pair.Cluster, pair.Target.Rpc) ? [.. pair.Witnesses] : [new Witness { Name = "cluster", Rpc = pair.Cluster }, .. pair.Witnesses];

    private void Take(GuardReport report)
    {
        _standing.See(report);
        if (report.State == _told && report.State != GuardState.Demoting)
        {
            return;
        }

        var isNew = report.State != _told;
        _told = report.State;
        logger.GuardReported(node, report.ToString());
        if (isNew)
        {
            events.Tell(new DaemonEvent
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

    private sealed class Reports(GuardWorker worker) : IProgress<GuardReport>
    {
        public void Report(GuardReport value) => worker.Take(value);
    }
}
