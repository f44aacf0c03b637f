using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Monitoring;

/// <summary>Stops a node's validator, within the time that its parts may take. A stop of which it is not known what came is followed by a look.</summary>
internal static class BoundedStop
{
    /// <summary>Done only if no validator that ran when it began runs any more.</summary>
    public static async Task<CallResult> RunAsync(IValidatorProcess process, TimeProvider time)
    {
        var stopped = await BoundedCall.RunAsync(_ => process.StopAsync(CancellationToken.None), process.LongestStop, time).ConfigureAwait(false);
        if (stopped.IsDone)
        {
            return stopped;
        }

        var seen = await BoundedCall.RunAsync(process.VerifyStoppedAsync, process.LongestStop, time).ConfigureAwait(false);
        return seen.IsDone ? CallResult.Done($"no validator runs, as seen after a stop that was {stopped}") : stopped;
    }
}
