namespace Tachyon.Failover.Journal;

/// <summary>What was intended and what came of it, kept where a crash of the coordinator does not reach.</summary>
/// <remarks>
/// Thread-safe. An entry that was appended is on stable storage when the task completes; the coordinator starts no step
/// before that. Entries come back in the order in which they were appended.
/// </remarks>
public interface IFailoverJournal
{
    /// <summary>Appends an entry. Not repeatable: appending twice gives two entries.</summary>
    /// <exception cref="IOException">It could not be stored; whether a part of it was is not known, and readers leave such a part out.</exception>
    Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Reads all entries, oldest first. A last entry that a crash cut short is left out.</summary>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    /// <exception cref="JournalCorruptException">Something is no entry that a crash cannot have left; the message names its place.</exception>
    IAsyncEnumerable<JournalEntry> ReadAsync(CancellationToken cancellationToken = default);
}
