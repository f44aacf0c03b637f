namespace Tachyon.Failover.RestartWindows;

/// <summary>Whether there will be a restart window, without waiting for it.</summary>
internal static class RestartWindowOutlook
{
    /// <summary>Asks the leader schedule. Any other kind of window can only be asked when its time comes, and counts as possible until then.</summary>
    /// <inheritdoc cref="ScheduleRestartWindow.ProbeAsync"/>
    public static async Task<CallResult> ProbeAsync(IRestartWindow window, RestartWindowRequest request, CancellationToken cancellationToken) =>
        window is ScheduleRestartWindow schedule && request.MinimumIdle > TimeSpan.Zero ? await schedule.ProbeAsync(request, cancellationToken).ConfigureAwait(false) : CallResult.Done();
}
