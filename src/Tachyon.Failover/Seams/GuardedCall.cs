namespace Tachyon.Failover.Seams;

/// <summary>
/// Calls a part of an embedder's so that it cannot end the run that calls it: whatever it throws, and an answer that is null, is a call of which it is not known what came. The part is called at once, before
/// anything is waited for, so that calls which are sent together keep their order.
/// </summary>
internal static class GuardedCall
{
    /// <summary>What the part says; unknown if it throws. Cancellation stays cancellation.</summary>
    public static async Task<CallResult> RunAsync(Func<Task<CallResult>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false) ?? Unknown("it answered with null");
        }
        catch (Exception exception) when (!IsCancellation(exception, cancellationToken))
        {
            return Unknown(exception.Message);
        }
    }

    /// <summary>What the part reads; unknown if it throws. Cancellation stays cancellation.</summary>
    public static async Task<CallResult<T>> ReadAsync<T>(Func<Task<CallResult<T>>> call, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await call().ConfigureAwait(false) ?? Unknown("it answered with null");
        }
        catch (Exception exception) when (!IsCancellation(exception, cancellationToken))
        {
            return Unknown(exception.Message);
        }
    }

    /// <summary>What the part says in words, or that it could not.</summary>
    public static string Words(Func<string> words)
    {
        try
        {
            return words();
        }
        catch (Exception exception)
        {
            return $"(the command is not known: {exception.Message})";
        }
    }

    /// <summary>Whether an exception is the answer to the caller's own cancellation.</summary>
    public static bool IsCancellation(Exception exception, CancellationToken cancellationToken) => exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private static CallResult Unknown(string reason) => CallResult.Unknown(CallFailure.Unrecognised, reason);
}
