namespace Tachyon.Failover.Towers;

/// <summary>A file is not a tower. The message says at which byte and why.</summary>
public sealed class TowerFormatException : FailoverException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Where and why, as a sentence.</param>
    /// <param name="offset">The byte at which the file stops to make sense, from 0.</param>
    /// <param name="innerException">What lies beneath, if anything.</param>
    public TowerFormatException(string message, int offset, Exception? innerException = null)
        : base(message, innerException) => Offset = offset;

    /// <summary>The first byte of the field that makes no sense, from 0; the file's length if it ends too early there.</summary>
    public int Offset { get; }
}
