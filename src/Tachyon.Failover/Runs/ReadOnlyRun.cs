using Microsoft.Extensions.Logging;

namespace Tachyon.Failover.Runs;

/// <summary>One run that only reads, a preflight, a dry run or a diagnosis, and its observers.</summary>
internal static class ReadOnlyRun
{
    public static async Task<T> RunAsync<T>(
        string span,
        ValidatorPair pair,
        FailoverOptions options,
        ILogger logger,
        TimeProvider time,
        Func<RunContext, Task<T>> look,
        Action<RunObservers, T> tell)
    {
        var runId = RunId.New(time);
        var observers = new RunObservers(span, runId, pair, progress: null, logger, time);
        await using (observers.ConfigureAwait(false))
        {
            var run = new RunContext(pair, options, runId, time);
            await using (run.ConfigureAwait(false))
            {
                try
                {
                    var seen = await look(run).ConfigureAwait(false);
                    tell(observers, seen);
                    return seen;
                }
                catch (Exception exception)
                {
                    observers.Broken(exception);
                    throw;
                }
            }
        }
    }
}
