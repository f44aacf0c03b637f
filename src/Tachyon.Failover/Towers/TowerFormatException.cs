namespace Tachyon.Failover.Towers;

/// <summary>A file is not a tower. The message says at which byte and why.</summary>
public sealed class TowerFormatException : FailoverException
{
    /// <summary>Creates the exception.</summary>
    public TowerFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
