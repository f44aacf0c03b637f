using Microsoft.Extensions.Logging;

namespace Tachyon.Failover.Execution;

/// <summary>One run that only reads, a preflight, a dry run or a diagnosis, and its observers.</summary>
internal static class ReadOnlyRun
{
    public static async Task<T> RunAsync<T>(
        string span,
        ValidatorPair pair,
        FailoverOptions options,
        ILogger logger,
        TimeProvider time,
        Func<SwitchoverSteps, Task<T>> look,
        Action<RunObservers, T> tell)
    {
        var run = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        var observers = new RunObservers(span, run, pair, progress: null, logger, time);
        await using (observers.ConfigureAwait(false))
        {
            var steps = new SwitchoverSteps(pair, options, run, time);
            await using (steps.ConfigureAwait(false))
            {
                try
                {
                    var seen = await look(steps).ConfigureAwait(false);
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
