namespace Tachyon.Failover.Journal;

/// <summary>What was intended and what came of it, kept where a crash of the coordinator does not reach.</summary>
/// <remarks>
/// Thread-safe. Entries that were appended are on stable storage when the task completes; the coordinator starts no step
/// before that. Entries come back in the order in which they were appended.
/// </remarks>
public interface IFailoverJournal
{
    /// <summary>
    /// Whether what is appended is still there when this process has ended, for the next one to read. A takeover needs that: it leaves a debt that must not be forgotten. The same at all times; throws nothing.
    /// </summary>
    bool OutlivesProcess { get; }

    /// <summary>
    /// Appends entries, in their order and with one write to stable storage. Not repeatable: appending twice gives them twice.
    /// </summary>
    /// <exception cref="IOException">They could not be stored; whether some of them were is not known, and readers leave a part of one out.</exception>
    Task AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>Reads all entries, oldest first. A last entry that a crash cut short is left out.</summary>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    /// <exception cref="JournalCorruptException">Something is no entry that a crash cannot have left; the message names its place.</exception>
    IAsyncEnumerable<JournalEntry> ReadAsync(CancellationToken cancellationToken = default);
}
