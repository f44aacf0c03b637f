using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover.Tests.Telemetry;

/// <summary>Listens to the spans and measurements of one scene only, and runs an action with each.</summary>
internal sealed class Listeners : IDisposable
{
    private readonly string _source;
    private readonly Action _onEach;
    private readonly ActivityListener _spans;
    private readonly MeterListener _measurements = new();

    public Listeners(WatchedScene scene, Action? onEach = null)
    {
        _source = scene.Source;
        _onEach = onEach ?? (static () => { });
        _spans = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == FailoverTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => IsOurs(options.Tags ?? []) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStarted = Take,
            ActivityStopped = span =>
            {
                if (IsOurs(span.TagObjects))
                {
                    Spans.Enqueue(span);
                    Take(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_spans);
        _measurements.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == FailoverTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _measurements.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _measurements.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _measurements.Start();
    }

    public ConcurrentQueue<Activity> Spans { get; } = new();

    public ConcurrentQueue<(Instrument Instrument, double Value, Dictionary<string, object?> Tags)> Measurements { get; } = new();

    public IEnumerable<(double Value, Dictionary<string, object?> Tags)> Of(string instrument) =>
        Measurements.Where(measured => measured.Instrument.Name == instrument).Select(measured => (measured.Value, measured.Tags));

    public void Dispose()
    {
        _spans.Dispose();
        _measurements.Dispose();
    }

    private void Take(Activity span)
    {
        if (IsOurs(span.TagObjects))
        {
            _onEach();
        }
    }

    private void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = tags.ToArray();
        if (IsOurs(all))
        {
            Measurements.Enqueue((instrument, value, all.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal)));
            _onEach();
        }
    }

    private bool IsOurs(IEnumerable<KeyValuePair<string, object?>> tags) => tags.Any(tag => tag.Key == FailoverTelemetry.SourceTag && Equals(tag.Value, _source));
}
