namespace Tachyon.Failover.Journal;

/// <summary>The intents and results of runs, kept in a place that survives a crash of the coordinator.</summary>
/// <remarks>
/// Thread-safe. Appended entries are on stable storage when the task completes; the coordinator starts no step
/// before that. Entries are read in the order in which they were appended.
/// </remarks>
public interface IFailoverJournal
{
    /// <summary>
    /// Whether the entries survive this process. A takeover requires that, because its pending demotion must not be forgotten. Constant; throws nothing.
    /// </summary>
    bool OutlivesProcess { get; }

    /// <summary>
    /// Appends entries, in order and with one write to stable storage. Not repeatable: a second append adds them again.
    /// </summary>
    /// <exception cref="IOException">They could not be stored. Some of them may have been; readers skip a partial one.</exception>
    Task AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>Reads all entries, oldest first. A last entry that a crash cut short is skipped.</summary>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    /// <exception cref="JournalCorruptException">A line is no entry, and a crash cannot explain that; the message names its place.</exception>
    IAsyncEnumerable<JournalEntry> ReadAsync(CancellationToken cancellationToken = default);
}
