namespace Tachyon.Failover.Monitoring;

/// <summary>Calls a part of a node with a time limit. A call that must not be interrupted does not get the token, and its late result is ignored.</summary>
internal static class BoundedCall
{
    /// <summary>The result of the call; unknown if it exceeds the limit or throws.</summary>
    public static async Task<CallResult> RunAsync(Func<CancellationToken, Task<CallResult>> call, TimeSpan limit, TimeProvider time)
    {
        var read = await ReadAsync(async token => CallResult.Read(await call(token).ConfigureAwait(false)), limit, time).ConfigureAwait(false);
        return read.Value ?? read.Call;
    }

    /// <summary>The value that the call reads; unknown if it exceeds the limit or throws.</summary>
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
            return CallResult.Unknown(CallFailure.Unrecognized, exception.Message);
        }
    }
}
