namespace Tachyon.Failover.Testing.StandIns;

/// <summary>A simulated cluster could not be started or asked. The message contains the output of its processes.</summary>
public sealed class StandInException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StandInException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
