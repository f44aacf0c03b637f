using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Tachyon.Failover.Telemetry;

/// <summary>The activity source and the instruments of this process, shared by all coordinators. Tags distinguish them.</summary>
internal static class FailoverInstruments
{
    private static readonly string? Version = typeof(FailoverInstruments).Assembly.GetName().Version?.ToString(3);
    private static readonly Meter Meter = new(FailoverTelemetry.MeterName, Version);

    public static ActivitySource Spans { get; } = new(FailoverTelemetry.ActivitySourceName, Version);

    public static Counter<long> Switchovers { get; } = Meter.CreateCounter<long>(FailoverTelemetry.SwitchoversCounter, "{switchover}", "Switchovers that have ended.");

    public static Counter<long> Recoveries { get; } = Meter.CreateCounter<long>(FailoverTelemetry.RecoveriesCounter, "{recovery}", "Recoveries that have ended.");

    public static Histogram<long> MissedSlots { get; } = Meter.CreateHistogram(
        FailoverTelemetry.MissedSlotsHistogram, "{slot}", "Blocks of a completed switchover without a vote.", tags: null, new InstrumentAdvice<long> { HistogramBucketBoundaries = [0, 1, 2, 3, 5, 10, 20, 40] });

    public static Histogram<double> GapDuration { get; } = Seconds(
        FailoverTelemetry.GapDurationHistogram, "From the source's last vote to the target's first.", [0.2, 0.4, 0.6, 0.8, 1, 1.5, 2, 3, 5, 10, 30]);

    public static Histogram<double> CoordinatorTime { get; } = Seconds(
        FailoverTelemetry.OwnWorkHistogram, "The coordinator's own part of the gap.", [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5]);

    public static Counter<long> RefusedVotes { get; } = Meter.CreateCounter<long>(
        FailoverTelemetry.RefusedVotesCounter, "{vote}", "Votes that landed after a gap and were refused.");

    public static Histogram<double> StepDuration { get; } = Seconds(
        FailoverTelemetry.StepDurationHistogram, "How long a step took.", [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 60, 600, 3600]);

    public static Counter<long> PreflightFindings { get; } = Meter.CreateCounter<long>(
        FailoverTelemetry.PreflightFindingsCounter, "{finding}", "Findings of preflights.");

    public static Gauge<long> MonitorState { get; } = Meter.CreateGauge<long>(
        FailoverTelemetry.MonitorStateGauge, unit: null, "The verdict of a monitor: 0 unknown, 1 healthy, 2 suspect, 3 lost.");

    public static Gauge<long> WatchSilentSlots { get; } = Meter.CreateGauge<long>(
        FailoverTelemetry.MonitorSilentSlotsGauge, "{slot}", "Slots for which no vote has landed.");

    public static Gauge<long> TowerCopyAge { get; } = Meter.CreateGauge<long>(
        FailoverTelemetry.TowerCopyAgeGauge, "{slot}", "Slots that the cluster is ahead of the newest tower that a monitor has kept.");

    /// <summary>Whether there is a listener to a measurement of a monitor.</summary>
    public static bool AnyOfAWatch => MonitorState.Enabled || WatchSilentSlots.Enabled || TowerCopyAge.Enabled;

    /// <summary>Whether there is a listener to a measurement at the end of a run.</summary>
    public static bool AnyOfARun =>
        Switchovers.Enabled || Recoveries.Enabled || MissedSlots.Enabled || GapDuration.Enabled || CoordinatorTime.Enabled || RefusedVotes.Enabled;

    private static Histogram<double> Seconds(string name, string description, double[] bounds) =>
        Meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}
