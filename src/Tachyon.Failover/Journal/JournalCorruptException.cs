namespace Tachyon.Failover.Journal;

/// <summary>A journal holds a line that is not an entry, before its last one.</summary>
public sealed class JournalCorruptException : FailoverException
{
    /// <summary>Creates the exception.</summary>
    public JournalCorruptException(string message, int line, Exception? innerException = null)
        : base(message, innerException) => Line = line;

    /// <summary>The number of the line, from 1.</summary>
    public int Line { get; }
}
