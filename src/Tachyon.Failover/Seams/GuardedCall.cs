namespace Tachyon.Failover.Seams;

/// <summary>
/// Calls an embedder's part so that it cannot end the run: an exception and a null answer become an unknown result. The part is called at once, before any
/// await, so that calls that are sent together keep their order.
/// </summary>
internal static class GuardedCall
{
    /// <summary>The part's result; unknown if it throws. Cancellation stays cancellation.</summary>
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

    /// <summary>The value that the part reads; unknown if it throws. Cancellation stays cancellation.</summary>
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

    /// <summary>The part's text, or why there is none.</summary>
    public static string Words(Func<string> words)
    {
        try
        {
            return words();
        }
        catch (Exception exception)
        {
            return $"(the command is unknown: {exception.Message})";
        }
    }

    /// <summary>Whether an exception results from the caller's own cancellation.</summary>
    public static bool IsCancellation(Exception exception, CancellationToken cancellationToken) => exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private static CallResult Unknown(string reason) => CallResult.Unknown(CallFailure.Unrecognized, reason);
}
