namespace Tachyon.Failover.Towers;

/// <summary>A file is no tower. The message names the byte and the reason.</summary>
internal sealed class TowerFormatException : FailoverException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The place and the reason, as a sentence.</param>
    /// <param name="offset">The first invalid byte, from 0.</param>
    /// <param name="innerException">The cause, if any.</param>
    public TowerFormatException(string message, int offset, Exception? innerException = null)
        : base(message, innerException) => Offset = offset;

    /// <summary>The first byte of the invalid field, from 0; the file's length if the file ends too early there.</summary>
    public int Offset { get; }
}
