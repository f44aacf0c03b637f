namespace Tachyon.Failover.Monitoring;

/// <summary>Calls a part of a node for no longer than a limit, whatever it does. A call that must not be broken off in its middle is not given the token: what it does later is awaited by nobody.</summary>
internal static class BoundedCall
{
    /// <summary>What the call says; unknown if it has not by then, or throws.</summary>
    public static async Task<CallResult> RunAsync(Func<CancellationToken, Task<CallResult>> call, TimeSpan limit, TimeProvider time)
    {
        var read = await ReadAsync(async token => CallResult.Read(await call(token).ConfigureAwait(false)), limit, time).ConfigureAwait(false);
        return read.Value ?? read.Call;
    }

    /// <summary>What the call reads; unknown if it has not by then, or throws.</summary>
    public static async Task<CallResult<T>> ReadAsync<T>(Func<CancellationToken, Task<CallResult<T>>> call, TimeSpan limit, TimeProvider time)
        where T : class
    {
        if (limit <= TimeSpan.Zero)
        {
            return CallResult.NotDone(CallFailure.Skipped, "there is no time left for it");
        }

        using var deadline = new CancellationTokenSource(limit, time);
        try
        {
            return await call(deadline.Token).WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return CallResult.Unknown(CallFailure.TimedOut, FormattableString.Invariant($"no answer within {limit.TotalSeconds:0.###} s"));
        }
        catch (Exception exception)
        {
            // A part of an embedder may throw anything.
            return CallResult.Unknown(CallFailure.Unrecognised, exception.Message);
        }
    }
}
