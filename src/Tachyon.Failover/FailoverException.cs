namespace Tachyon.Failover;

/// <summary>
/// The base of this library's exceptions. Outcomes of a switchover are results, not exceptions. An exception means a wrong
/// argument or setting, or a host without a connection.
/// </summary>
public abstract class FailoverException : Exception
{
    private protected FailoverException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
