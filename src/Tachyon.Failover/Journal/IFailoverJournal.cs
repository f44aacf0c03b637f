namespace Tachyon.Failover.Journal;

/// <summary>The intents and results of runs, kept in a place that survives a crash of the coordinator.</summary>
/// <remarks>
/// Thread-safe. A journal stores lines and knows nothing of their content: a file, or a table with one text column. The library writes and reads the lines. A line is one JSON object in ASCII, without a line break,
/// and mostly shorter than 1 kB. It must be returned as it was given, so that what a later version writes survives.
/// Appended lines are on stable storage when the task completes; the coordinator starts no step before that. Lines are read in the order in which they were appended.
/// </remarks>
public interface IFailoverJournal
{
    /// <summary>
    /// Whether the lines survive this process. A takeover requires that, because its pending demotion must not be forgotten. Constant; throws nothing.
    /// </summary>
    bool OutlivesProcess { get; }

    /// <summary>
    /// Appends lines, in order and with one write to stable storage. Not repeatable: a second append adds them again.
    /// </summary>
    /// <param name="lines">The lines, without line breaks.</param>
    /// <param name="cancellationToken">Cancels the call; the lines may have been stored.</param>
    /// <exception cref="IOException">They could not be stored. Some of them may have been, but no line in part.</exception>
    Task AppendAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken = default);

    /// <summary>Reads all lines, oldest first. A last line that a crash cut short is left out.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    IAsyncEnumerable<string> ReadAsync(CancellationToken cancellationToken = default);
}
