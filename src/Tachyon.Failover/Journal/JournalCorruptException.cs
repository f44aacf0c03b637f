namespace Tachyon.Failover.Journal;

/// <summary>A journal holds a complete line that is no entry: changed by hand, damaged, or of a later version. A line that a crash cut short does not cause it.</summary>
public sealed class JournalCorruptException : FailoverException
{
    /// <summary>Creates the exception.</summary>
    public JournalCorruptException(string message, int line, Exception? innerException = null)
        : base(message, innerException) => Line = line;

    /// <summary>The number of the line, from 1.</summary>
    public int Line { get; }
}
