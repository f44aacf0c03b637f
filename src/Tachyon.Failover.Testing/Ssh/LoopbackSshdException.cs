namespace Tachyon.Failover.Testing.Ssh;

/// <summary>A loopback SSH server could not be set up. The message says what was seen and the remedy.</summary>
public sealed class LoopbackSshdException : Exception
{
    /// <summary>Creates the exception.</summary>
    public LoopbackSshdException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
