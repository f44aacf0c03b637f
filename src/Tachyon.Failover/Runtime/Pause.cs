namespace Tachyon.Failover.Runtime;

/// <summary>A delay that can be canceled and does not throw.</summary>
internal static class Pause
{
    /// <summary>Waits for the time or the cancellation; throws for neither. A canceled caller continues on the canceling thread: after a canceled <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/>
    /// it would continue on another one, and a simulated run would not follow its seed.</summary>
    public static async Task ForAsync(TimeSpan length, TimeProvider time, CancellationToken cancellationToken) =>
        await Task.Delay(length, time, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
