namespace Tachyon.Failover.RestartWindows;

/// <summary>Whether there will be a restart window, without waiting for it.</summary>
internal static class RestartWindowOutlook
{
    /// <summary>Asks the leader schedule. Any other kind of window can only be asked when its time comes, and counts as possible until then.</summary>
    /// <inheritdoc cref="ScheduleRestartWindow.ProbeAsync"/>
    public static async Task<CallResult> ProbeAsync(IRestartWindow window, RestartWindowRequest request, CancellationToken cancellationToken) =>
        window is ScheduleRestartWindow schedule && request.MinimumIdle > TimeSpan.Zero ? await schedule.ProbeAsync(request, cancellationToken).ConfigureAwait(false) : CallResult.Done();

    /// <summary>The first leader slot within so many slots from now; null if there is none, if the schedule could not be read, or if the window does not know one.</summary>
    public static async Task<ulong?> LeadsWithinAsync(IRestartWindow? window, int slots, CancellationToken cancellationToken) =>
        window is ScheduleRestartWindow schedule ? await schedule.LeadsWithinAsync(slots, cancellationToken).ConfigureAwait(false) : null;
}
