namespace Tachyon.Failover.Runs;

/// <summary>How a run names itself in the locks that it holds: the coordinator and the run id. A run that finds the lock held finds its holder in the journal.</summary>
internal static class LockOwner
{
    /// <summary>The text in the lock.</summary>
    public static string Of(string coordinator, RunId run) => $"{coordinator}, {RunOf(run)}";

    /// <summary>Whether a run wrote this text.</summary>
    public static bool IsOf(string words, RunId run) => words.EndsWith(RunOf(run), StringComparison.Ordinal);

    private static string RunOf(RunId run) => $"run {run}";
}
