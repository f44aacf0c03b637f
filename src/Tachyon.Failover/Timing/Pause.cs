namespace Tachyon.Failover.Timing;

/// <summary>Time that goes by.</summary>
internal static class Pause
{
    /// <summary>Waits, or until it is cancelled; throws neither way. Who is cancelled goes on where the cancellation comes from: a cancelled <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/>
    /// would go on elsewhere, and a simulated run would not be one of its seed.</summary>
    public static async Task ForAsync(TimeSpan length, TimeProvider time, CancellationToken cancellationToken) =>
        await Task.Delay(length, time, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
