namespace Tachyon.Failover.Schedule;

/// <summary>Whether there will be a restart window at all, without waiting for one.</summary>
internal static class RestartWindowOutlook
{
    /// <summary>Asks the leader schedule. Any other way to wait knows only when it is time, and is taken at its word then.</summary>
    /// <inheritdoc cref="ScheduleRestartWindow.LookAsync"/>
    public static async Task<CallResult> LookAsync(IRestartWindow window, RestartWindowRequest request, TimeSpan slot, CancellationToken cancellationToken) =>
        window is ScheduleRestartWindow schedule && request.MinimumIdle > TimeSpan.Zero ? await schedule.LookAsync(request, slot, cancellationToken).ConfigureAwait(false) : CallResult.Done();
}
