namespace Tachyon.Failover.Daemon.Guarding;

/// <summary>Passes each report of a guard to the health endpoint.</summary>
internal sealed class GuardStanding(string node, GuardTimings timings, DaemonStatus status, TimeProvider time)
{
    private long? _demotingSince;

    /// <summary>The longest time for link, voters, identity and stop together. The daemon counts on it.</summary>
    private TimeSpan LongestDemotion => timings.Worst - timings.DemoteAfter - timings.Interval;

    public void See(GuardReport report)
    {
        status.Probed(time);
        _demotingSince = report.State == GuardState.Demoting ? _demotingSince ?? time.GetTimestamp() : null;
        var isLate = _demotingSince is { } since && time.GetElapsedTime(since) > LongestDemotion;
        status.Set(now => now with
        {
            Source = node,
            Verdict = VerdictOf(report),
            Silence = report.Silence,
            Words = report.ToString(),
            IsEnabled = report.State != GuardState.NotGuarding,
            WhyDisabled = $"it does not guard: {report.Reason}",
            Held = isLate ? $"it has not demoted the node within the time that the daemon counts on: {report.Reason}" : null,
            IsBusy = report.State == GuardState.Demoting,
        });
    }

    /// <summary>The guard's report as a verdict of a monitor.</summary>
    private MonitorState VerdictOf(GuardReport report) => report.State switch
    {
        GuardState.ClusterHalted or GuardState.NotGuarding => MonitorState.Unknown,
        GuardState.Demoting or GuardState.Demoted => MonitorState.Lost,
        GuardState.Guarding when report.Silence > timings.DemoteAfter / 2 => MonitorState.Suspect,
        _ => MonitorState.Healthy,
    };
}
