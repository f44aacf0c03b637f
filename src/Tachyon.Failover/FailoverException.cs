namespace Tachyon.Failover;

/// <summary>
/// The root of what this library throws. Outcomes of a switchover are results, not exceptions; an exception is a wrong
/// argument or setting, or a host that cannot be spoken to at all.
/// </summary>
public abstract class FailoverException : Exception
{
    private protected FailoverException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
