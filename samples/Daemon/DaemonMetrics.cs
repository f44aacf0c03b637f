using System.Diagnostics.Metrics;

namespace Tachyon.Failover.Daemon;

/// <summary>The daemon's own measurements, in addition to the library's.</summary>
internal sealed class DaemonMetrics : IDisposable
{
    public const string MeterName = "Tachyon.Failover.Daemon";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _takeovers;
    private readonly Counter<long> _hooks;
    private readonly Counter<long> _webhooks;

    public DaemonMetrics(DaemonStatus status, TimeProvider time)
    {
        _takeovers = _meter.CreateCounter<long>("failoverd.takeovers", "{takeover}", "Takeovers that were tried, by outcome.");
        _hooks = _meter.CreateCounter<long>("failoverd.hooks", "{run}", "Commands that were run, by outcome.");
        _webhooks = _meter.CreateCounter<long>("failoverd.webhook.posts", "{post}", "Tries to post an event, by outcome.");
        _meter.CreateObservableGauge("failoverd.verdict", () => (int)status.Now.Verdict, null, "The monitor's verdict: 0 unknown, 1 healthy, 2 suspect, 3 lost.");
        _meter.CreateObservableGauge("failoverd.silence", () => status.Now.Silence.TotalSeconds, "s", "How long no new vote has been seen to land.");
        _meter.CreateObservableGauge("failoverd.reading.age", () => status.SinceProbe(time).TotalSeconds, "s", "Time since the last reading.");
        _meter.CreateObservableGauge("failoverd.enabled", () => status.Now.IsEnabled ? 1 : 0, null, "Whether it would take over.");
        _meter.CreateObservableGauge("failoverd.ready", () => status.WhyNotReady(time).Count == 0 ? 1 : 0, null, "Whether /readyz says yes.");
        _meter.CreateObservableGauge("failoverd.pending_demotions", PendingDemotions, "{demotion}", "Demotions that are pending on the node that lost the identity, by the journal; left out while the journal cannot be read.");
        _meter.CreateObservableGauge("failoverd.tower_copy.age", TowerCopyAge, "{slot}", "By how many slots the tower copy lags.");

        IEnumerable<Measurement<long>> PendingDemotions() => status.Now.PendingDemotions is { } count ? [new Measurement<long>(count)] : [];

        IEnumerable<Measurement<long>> TowerCopyAge() => status.Now.TowerCopyAge is { } age ? [new Measurement<long>((long)age)] : [];
    }

    public void TakeoverEnded(string outcome) => _takeovers.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void HookEnded(bool isDone) => _hooks.Add(1, Outcome(isDone));

    public void WebhookPosted(bool isDone) => _webhooks.Add(1, Outcome(isDone));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Outcome(bool isDone) => new("outcome", isDone ? "done" : "failed");
}
