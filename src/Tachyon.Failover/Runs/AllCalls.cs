namespace Tachyon.Failover.Runs;

/// <summary>Calls that are sent together.</summary>
internal static class AllCalls
{
    /// <summary>Waits for all of them, and returns the first result that is not done, otherwise Done.</summary>
    public static async Task<CallResult> FirstNotDoneAsync(params Task<CallResult>[] calls)
    {
        var results = await Task.WhenAll(calls).ConfigureAwait(false);
        return Array.Find(results, result => !result.IsDone) ?? CallResult.Done();
    }
}
