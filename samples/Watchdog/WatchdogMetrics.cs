using System.Diagnostics.Metrics;

namespace Tachyon.Failover.Watchdog;

/// <summary>The watchdog's own measurements, in addition to the library's.</summary>
internal sealed class WatchdogMetrics : IDisposable
{
    public const string MeterName = "Tachyon.Failover.Watchdog";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _takeovers;
    private readonly Counter<long> _hooks;
    private readonly Counter<long> _webhooks;

    public WatchdogMetrics(WatchdogStatus status, TimeProvider time)
    {
        _takeovers = _meter.CreateCounter<long>("watchdog.takeovers", "{takeover}", "Takeovers that were tried, by outcome.");
        _hooks = _meter.CreateCounter<long>("watchdog.hooks", "{run}", "Commands that were run, by outcome.");
        _webhooks = _meter.CreateCounter<long>("watchdog.webhook.posts", "{post}", "Tries to post an event, by outcome.");
        _meter.CreateObservableGauge("watchdog.verdict", () => (int)status.Now.Verdict, null, "The monitor's verdict: 0 unknown, 1 healthy, 2 suspect, 3 lost.");
        _meter.CreateObservableGauge("watchdog.silence", () => status.Now.Silence.TotalSeconds, "s", "How long no new vote has been seen to land.");
        _meter.CreateObservableGauge("watchdog.look.age", () => status.SinceLook(time).TotalSeconds, "s", "Time since the last reading.");
        _meter.CreateObservableGauge("watchdog.armed", () => status.Now.IsArmed ? 1 : 0, null, "Whether it would take over.");
        _meter.CreateObservableGauge("watchdog.ready", () => status.WhyNotReady(time).Count == 0 ? 1 : 0, null, "Whether /readyz says yes.");
        _meter.CreateObservableGauge("watchdog.owed", Owed, "{debt}", "Demotions that are pending on the node that lost the identity, by the journal; left out while the journal cannot be read.");
        _meter.CreateObservableGauge("watchdog.shadow.age", ShadowAge, "{slot}", "How many slots the tower copy is behind the cluster.");

        IEnumerable<Measurement<long>> Owed() => status.Now.Owed is { } owed ? [new Measurement<long>(owed)] : [];

        IEnumerable<Measurement<long>> ShadowAge() => status.Now.ShadowAge is { } age ? [new Measurement<long>((long)age)] : [];
    }

    public void TakeoverEnded(string outcome) => _takeovers.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void HookEnded(bool isDone) => _hooks.Add(1, Outcome(isDone));

    public void WebhookPosted(bool isDone) => _webhooks.Add(1, Outcome(isDone));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Outcome(bool isDone) => new("outcome", isDone ? "done" : "failed");
}
