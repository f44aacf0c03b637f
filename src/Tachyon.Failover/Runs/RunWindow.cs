using Tachyon.Failover.Decisions;
using Tachyon.Failover.RestartWindows;

namespace Tachyon.Failover.Runs;

/// <summary>Whether a restart window may open, and whether enough of it is left.</summary>
internal static class RunWindow
{
    /// <summary>Whether there will be a window at all. Only the leader schedule can answer that. Any other source is asked when its time comes.</summary>
    public static async Task<CallResult> FindAsync(RunContext run, CancellationToken cancellationToken) =>
        run.Options.MinimumIdle is not { } idle ? CallResult.Done()
        : (run.Pair.Given ?? run.Pair).Source.RestartWindow is not { } window ? NoWayToWait(run)
        : await RestartWindowOutlook.ProbeAsync(window, new RestartWindowRequest { MinimumIdle = idle, Limit = run.Options.RestartWindowTimeout, Slot = run.Options.Slot }, cancellationToken).ConfigureAwait(false);

    /// <summary>A leader slot that a promotion soon would skip; null if there is none or it is unknown. A run that waits for a window leads in none.</summary>
    public static async Task<ulong?> LeadsSoonAsync(RunContext run, CancellationToken cancellationToken) =>
        run.Options.MinimumIdle > TimeSpan.Zero ? null : await RestartWindowOutlook.LeadsWithinAsync((run.Pair.Given ?? run.Pair).Source.RestartWindow, LeaderSlotRule.Reach, cancellationToken).ConfigureAwait(false);

    public static CallResult NoWayToWait(RunContext run) => CallResult.NotDone(
        CallFailure.Refused, $"{run.Pair.Source.Name} has no way to wait for a restart window; give it a {nameof(ScheduleRestartWindow)}, or set {nameof(FailoverOptions.MinimumIdle)} to null");

    /// <summary>
    /// Checks whether enough of the window is left. It does not ask the cluster: the leader slots of an epoch do not change.
    /// </summary>
    public static CallResult IsStillOpen(RunContext run)
    {
        var needed = run.IdleAtDemotion;
        if (run.Window is not { } found || needed == TimeSpan.Zero)
        {
            return CallResult.Done();
        }

        var left = found.Window.Idle - found.FoundAt.Age(run.Time);
        return left >= needed ? CallResult.Done() : CallResult.NotDone(
            CallFailure.NoRestartWindow,
            $"{(left > TimeSpan.Zero ? SpanText.Of(left) : "nothing")} is left of the restart window, less than the {SpanText.Of(needed)} that the demotion needs");
    }
}
