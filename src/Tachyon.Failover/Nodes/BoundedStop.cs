using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Nodes;

/// <summary>Stops a node's validator, within the time that its parts may take. After a stop with an unknown result it probes again.</summary>
internal static class BoundedStop
{
    /// <summary>Done only if no validator from before the stop still runs.</summary>
    public static async Task<CallResult> RunAsync(IValidatorProcess process, TimeProvider time)
    {
        var stopped = await BoundedCall.RunAsync(_ => process.StopAsync(CancellationToken.None), process.LongestStop, time).ConfigureAwait(false);
        if (stopped.IsDone)
        {
            return stopped;
        }

        var seen = await BoundedCall.RunAsync(process.VerifyStoppedAsync, process.LongestStop, time).ConfigureAwait(false);
        return seen.IsDone ? CallResult.Done($"no validator runs, as seen after a stop with the result {stopped}") : stopped;
    }
}
