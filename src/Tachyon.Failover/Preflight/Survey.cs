using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Preflight;

/// <summary>Asks the parts of a pair. A failure of one part does not affect the others.</summary>
internal static class Survey
{
    /// <summary>The result for a part that was not asked.</summary>
    public static readonly CallResult NotAsked = CallResult.NotDone(CallFailure.Skipped, "it was not asked");

    /// <summary>Asks a seam that returns a result.</summary>
    public static async Task<CallResult<T>> AskAsync<T>(Func<Task<CallResult<T>>> question, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await question().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return Failed(exception);
        }
    }

    /// <summary>Asks an RPC, which throws if it cannot answer.</summary>
    public static Task<CallResult<T>> AskRpcAsync<T>(Func<Task<T>> question, CancellationToken cancellationToken)
        where T : class =>
        AskAsync(async () => CallResult.Read(await question().ConfigureAwait(false)), cancellationToken);

    /// <summary>Asks an RPC for epoch and slot, and notes how long the answer took.</summary>
    public static async Task<(CallResult<EpochInfo> Epoch, TimeSpan After)> AskEpochAsync(IClusterRpc rpc, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var epoch = await AskRpcAsync(() => rpc.GetEpochInfoAsync(Commitment.Processed, cancellationToken), cancellationToken).ConfigureAwait(false);
        return (epoch, time.GetElapsedTime(began));
    }

    // A part of an embedder may throw anything.
    private static CallResult Failed(Exception exception) => exception is OperationCanceledException
        ? CallResult.NotDone(CallFailure.TimedOut, "no answer within the time of the preflight")
        : CallResult.NotDone(CallFailure.Unreachable, exception.Message);
}
