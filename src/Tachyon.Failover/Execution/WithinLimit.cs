namespace Tachyon.Failover.Execution;

/// <summary>Waits for a call no longer than it may take. What it does later on its node is nothing that a lost node must not do.</summary>
internal static class WithinLimit
{
    public static async Task<CallResult> AwaitAsync(Func<Task<CallResult>> call, TimeSpan limit, TimeProvider time)
    {
        try
        {
            return await call().WaitAsync(limit, time).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return Failed(exception, limit);
        }
    }

    public static async Task<CallResult<T>> AwaitAsync<T>(Func<Task<CallResult<T>>> call, TimeSpan limit, TimeProvider time)
        where T : class
    {
        try
        {
            return await call().WaitAsync(limit, time).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return Failed(exception, limit);
        }
    }

    // A part of an embedder may throw anything; what it did before is not known.
    private static CallResult Failed(Exception exception, TimeSpan limit) => exception is TimeoutException
        ? CallResult.Unknown(CallFailure.TimedOut, FormattableString.Invariant($"no answer within {limit.TotalSeconds:0.###} s"))
        : CallResult.Unknown(CallFailure.Unrecognised, exception.Message);
}
