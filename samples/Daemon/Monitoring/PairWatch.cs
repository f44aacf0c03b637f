using System.Threading.Channels;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Daemon.Events;

namespace Tachyon.Failover.Daemon.Monitoring;

/// <summary>Finds the active node, monitors it, and passes each verdict to the <see cref="DaemonLoop"/>. Starts again after the identity has moved.</summary>
/// <param name="open">The pair.</param>
/// <param name="make">Makes a monitored pair; asks nothing yet.</param>
/// <param name="daemon">Decides on each verdict.</param>
/// <param name="events">Gets an event if the active node is unknown.</param>
/// <param name="settings">Has the interval at which it probes for the active node.</param>
/// <param name="status">Gets the state of the monitor.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets the log messages.</param>
internal sealed class PairWatch(OpenPair open, Func<ValidatorPair, IMonitoredPair> make, DaemonLoop daemon, IEventSink events, DaemonSettings settings, DaemonStatus status, TimeProvider time, ILogger<PairWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    /// <summary>Runs until it is canceled.</summary>
    internal async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await AwaitKnownClientAsync(stopping);
                await WatchOnceAsync(await FindAsync(stopping), stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The service was asked to stop. A running takeover has ended before this.
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>Waits, and calls for the operator, while the pair's client or its cluster's consensus is one that the library does not command safely.</summary>
    private async Task AwaitKnownClientAsync(CancellationToken stopping)
    {
        string? told = null;
        await using var pair = make(open.To(null));
        while (await pair.WhyRefusedAsync(stopping) is { } whyNot)
        {
            status.Probed(time);
            told = TellUnknown(whyNot, told);
            await Task.Delay(settings.LookAround, time, stopping);
        }
    }

    private async Task<ValidatorPair> FindAsync(CancellationToken stopping)
    {
        string? told = null;
        while (true)
        {
            var (pair, whyNot) = await Direction.FindActiveAsync(open, stopping);
            status.Probed(time);
            if (pair is not null)
            {
                return pair;
            }

            told = TellUnknown($"the active node is unknown: {whyNot}", told);
            await Task.Delay(Again, time, stopping);
        }
    }

    /// <summary>Tells once why nothing is monitored.</summary>
    private string TellUnknown(string whyNot, string? told)
    {
        if (whyNot != told)
        {
            logger.NotMonitoring(whyNot);
            status.Set(now => now with { Verdict = MonitorState.Unknown, Words = whyNot });
            var (first, second) = (open.To(null).Source.Name, open.To(null).Target.Name);
            events.Tell(new DaemonEvent { Name = EventNames.NeedsAPerson, At = time.GetUtcNow(), Source = first, Target = second, Reason = whyNot, IsUrgent = true });
        }

        return whyNot;
    }

    /// <summary>Monitors until the identity is elsewhere, or the monitor ends.</summary>
    private async Task WatchOnceAsync(ValidatorPair pair, CancellationToken stopping)
    {
        var turned = open.To(pair.Source.Name);
        await using var watched = make(pair);
        await using var turnedPair = make(turned);
        daemon.Watch(watched, turnedPair);

        // While a takeover runs, keep only the newest verdict.
        var verdicts = Channel.CreateBounded<MonitorVerdict>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var watching = WatchAsync(watched, verdicts.Writer, over.Token);
        try
        {
            await SeeAllAsync(watched, verdicts.Reader, stopping);
        }
        finally
        {
            await over.CancelAsync();
            await watching;
        }
    }

    private async Task SeeAllAsync(IMonitoredPair watched, ChannelReader<MonitorVerdict> verdicts, CancellationToken stopping)
    {
        var lookedAround = time.GetTimestamp();
        await foreach (var verdict in verdicts.ReadAllAsync(stopping))
        {
            status.Probed(time);
            await daemon.SeeAsync(verdict, stopping);
            if (daemon.HasTurned)
            {
                return;
            }

            // The operator may have moved the identity. Then this direction is wrong, even if votes land; or no votes land, and the lost node is the other one.
            if (time.GetElapsedTime(lookedAround) >= settings.LookAround && (verdict.State is MonitorState.Healthy or MonitorState.Lost))
            {
                lookedAround = time.GetTimestamp();

                // A validator may have been exchanged, or the cluster may be on its way to Alpenglow. The wait for a known client tells it.
                if (await watched.WhyRefusedAsync(stopping) is not null)
                {
                    return;
                }

                if ((await Direction.FindActiveAsync(open, stopping)).Pair is { } found && found.Source.Name != watched.Source)
                {
                    logger.DirectionTurned(found.Source.Name);
                    return;
                }
            }
        }
    }

    private async Task WatchAsync(IMonitoredPair watched, ChannelWriter<MonitorVerdict> verdicts, CancellationToken over)
    {
        try
        {
            await watched.WatchAsync(new Verdicts(verdicts), over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The monitor has no reader any more.
        }
        catch (Exception exception)
        {
            logger.WatchFailed(exception.Message);
            await Task.Delay(Again, time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        verdicts.TryComplete();
    }

    private sealed class Verdicts(ChannelWriter<MonitorVerdict> writer) : IProgress<MonitorVerdict>
    {
        public void Report(MonitorVerdict value) => writer.TryWrite(value);
    }
}
