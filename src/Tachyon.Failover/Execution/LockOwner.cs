namespace Tachyon.Failover.Execution;

/// <summary>What a run calls itself in the locks that it holds: the coordinator, and the run's name in the journal, so that whoever finds a lock held finds the run.</summary>
internal static class LockOwner
{
    /// <summary>The words in the lock.</summary>
    public static string Of(string coordinator, string run) => $"{coordinator}, {RunOf(run)}";

    /// <summary>Whether a run wrote these words.</summary>
    public static bool IsOf(string words, string run) => words.EndsWith(RunOf(run), StringComparison.Ordinal);

    private static string RunOf(string run) => $"run {run}";
}
