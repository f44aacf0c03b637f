namespace Tachyon.Failover.Journal;

/// <summary>A journal holds a whole line that is not an entry: changed by hand, damaged, or of a later version. A line that a crash cut short is no reason for it.</summary>
public sealed class JournalCorruptException : FailoverException
{
    /// <summary>Creates the exception.</summary>
    public JournalCorruptException(string message, int line, Exception? innerException = null)
        : base(message, innerException) => Line = line;

    /// <summary>The number of the line, from 1.</summary>
    public int Line { get; }
}
