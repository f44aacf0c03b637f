namespace Tachyon.Failover.Telemetry;

/// <summary>
/// The names of a coordinator's telemetry, for subscribers: <c>AddSource(FailoverTelemetry.ActivitySourceName)</c>,
/// <c>AddMeter(FailoverTelemetry.MeterName)</c>. docs/telemetry.md lists the names of the spans, measurements and tags. Names are only added.
/// </summary>
/// <remarks>
/// All telemetry is sent late, on a thread of its own: a listener, exporter or logger that is slow, throws or never returns does not affect a switchover.
/// When a result is returned, all of it has been sent, unless its observer takes longer than 2 s.
/// </remarks>
public static class FailoverTelemetry
{
    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string ActivitySourceName = "Tachyon.Failover";

    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "Tachyon.Failover";

    /// <summary>The log category of coordinators.</summary>
    public const string LogCategory = "Tachyon.Failover";

    /// <summary>The log category of shells.</summary>
    public const string ShellLogCategory = "Tachyon.Failover.Shell";

    /// <summary>The span of a switchover, from its call to its result.</summary>
    internal const string SwitchoverSpan = "failover.switchover";

    /// <summary>The span of a takeover.</summary>
    internal const string TakeoverSpan = "failover.takeover";

    /// <summary>The span of a recovery.</summary>
    internal const string RecoverySpan = "failover.recovery";

    /// <summary>The span of a preflight that is no part of a run.</summary>
    internal const string PreflightSpan = "failover.preflight";

    /// <summary>The span of a dry run.</summary>
    internal const string DryRunSpan = "failover.dry_run";

    /// <summary>The span of a diagnosis.</summary>
    internal const string DiagnosisSpan = "failover.diagnosis";

    /// <summary>The span of a step, within that of its run. Its display name contains the step and the node.</summary>
    internal const string StepSpan = "failover.step";

    /// <summary>Counter: switchovers that have ended, by <see cref="OutcomeTag"/>.</summary>
    internal const string SwitchoversCounter = "failover.switchovers";

    /// <summary>Counter: recoveries that have ended, by <see cref="OutcomeTag"/>.</summary>
    internal const string RecoveriesCounter = "failover.recoveries";

    /// <summary>Histogram: the number of blocks without a vote in each completed switchover.</summary>
    internal const string MissedSlotsHistogram = "failover.gap.missed_slots";

    /// <summary>Histogram: the seconds from the source's last vote to the target's first.</summary>
    internal const string GapDurationHistogram = "failover.gap.duration";

    /// <summary>Histogram: the coordinator's own share of these seconds.</summary>
    internal const string OwnWorkHistogram = "failover.gap.own_work";

    /// <summary>Counter: votes that landed after a gap and were refused. Any value above 0 deserves an alarm.</summary>
    internal const string RefusedVotesCounter = "failover.gap.refused_votes";

    /// <summary>Histogram: the seconds that a step took, by <see cref="StepTag"/> and <see cref="OutcomeTag"/>.</summary>
    internal const string StepDurationHistogram = "failover.step.duration";

    /// <summary>Counter: findings of a preflight, by <see cref="CodeTag"/> and <see cref="SeverityTag"/>.</summary>
    internal const string PreflightFindingsCounter = "failover.preflight.findings";

    /// <summary>Gauge: the verdict of a monitor, as the number of the <see cref="MonitorState"/>.</summary>
    internal const string MonitorStateGauge = "failover.monitor.state";

    /// <summary>Gauge: the number of slots without a landed vote.</summary>
    internal const string MonitorSilentSlotsGauge = "failover.monitor.silent_slots";

    /// <summary>Gauge: the slots by which the cluster is ahead of the tower copy. In steady state 1 or 2.</summary>
    internal const string TowerCopyAgeGauge = "failover.tower_copy.age";

    /// <summary>The staked identity, in base58.</summary>
    internal const string IdentityTag = "failover.identity";

    /// <summary>The name of the source.</summary>
    internal const string SourceTag = "failover.source";

    /// <summary>The name of the target.</summary>
    internal const string TargetTag = "failover.target";

    /// <summary>The run id.</summary>
    internal const string RunTag = "failover.run";

    /// <summary>The outcome of a run or a step: the name of the enumeration value.</summary>
    internal const string OutcomeTag = "failover.outcome";

    /// <summary>Where the identity is, as <see cref="Failover.IdentityLocation"/>.</summary>
    internal const string IdentityAtTag = "failover.identity_at";

    /// <summary>The step: its name, such as <c>DemoteSource</c>.</summary>
    internal const string StepTag = "failover.step";

    /// <summary>The name of the node of a step.</summary>
    internal const string NodeTag = "failover.node";

    /// <summary>Why a step was not done, as <see cref="CallFailure"/>.</summary>
    internal const string FailureTag = "failover.failure";

    /// <summary>The code of a preflight finding.</summary>
    internal const string CodeTag = "failover.code";

    /// <summary>The severity of a preflight finding.</summary>
    internal const string SeverityTag = "failover.severity";
}
