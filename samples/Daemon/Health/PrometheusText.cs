using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover.Daemon.Health;

/// <summary>
/// The measurements of library and daemon in Prometheus' text format 0.0.4: counters, gauges, and the sum and count of histograms. OpenTelemetry's exporter for it has been a preview for years, and a daemon
/// has few instruments. Thread-safe.
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    private static readonly string[] Meters = [FailoverTelemetry.MeterName, DaemonMetrics.MeterName];

    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, Cell>> _seen = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _writing = new();

    public PrometheusText()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Contains(instrument.Meter.Name))
            {
                _seen.GetOrAdd(instrument, static _ => new ConcurrentDictionary<string, Cell>(StringComparer.Ordinal));
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.MeasurementsCompleted = (instrument, _) => _seen.TryRemove(instrument, out var _);
        _listener.Start();
    }

    /// <summary>All measurements, as they are now.</summary>
    public string Write()
    {
        lock (_writing)
        {
            // Leave out a gauge that has no value now.
            foreach (var (instrument, cells) in _seen.Where(seen => seen.Key.IsObservable))
            {
                cells.Clear();
            }

            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach (var (instrument, cells) in _seen.Where(seen => !seen.Value.IsEmpty).OrderBy(seen => NameOf(seen.Key), StringComparer.Ordinal))
            {
                Append(text, instrument, cells);
            }

            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_seen.TryGetValue(instrument, out var cells))
        {
            cells.GetOrAdd(LabelsOf(tags), static _ => new Cell()).Add(value, isLast: instrument.IsObservable || KindOf(instrument) == "gauge");
        }
    }

    private static void Append(StringBuilder text, Instrument instrument, ConcurrentDictionary<string, Cell> cells)
    {
        var (name, kind) = (NameOf(instrument), KindOf(instrument));
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {(instrument.Description ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).ReplaceLineEndings(" ")}\n# TYPE {name} {kind}\n");
        foreach (var (labels, cell) in cells.OrderBy(cell => cell.Key, StringComparer.Ordinal))
        {
            var (sum, count) = cell.Read();
            if (kind == "summary")
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}_sum{labels} {sum:R}\n{name}_count{labels} {count}\n");
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {sum:R}\n");
            }
        }
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name switch
    {
        var type when type.StartsWith("Histogram", StringComparison.Ordinal) => "summary",
        var type when type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal) => "counter",
        _ => "gauge",
    };

    private static string NameOf(Instrument instrument) =>
        $"{instrument.Name.Replace('.', '_')}{(instrument.Unit == "s" ? "_seconds" : "")}{(KindOf(instrument) == "counter" ? "_total" : "")}";

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var labels = new List<string>();
        foreach (var (name, value) in tags)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels.Add($"{name.Replace('.', '_')}=\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"");
        }

        return $"{{{string.Join(',', labels.Order(StringComparer.Ordinal))}}}";
    }

    private sealed class Cell
    {
        private readonly Lock _gate = new();
        private double _sum;
        private long _count;

        public void Add(double value, bool isLast)
        {
            lock (_gate)
            {
                _sum = isLast ? value : _sum + value;
                _count++;
            }
        }

        public (double Sum, long Count) Read()
        {
            lock (_gate)
            {
                return (_sum, _count);
            }
        }
    }
}
