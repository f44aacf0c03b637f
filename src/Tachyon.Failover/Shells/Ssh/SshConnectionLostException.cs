namespace Tachyon.Failover.Shells.Ssh;

/// <summary>A connection was lost before the request could have been executed, so another connection may repeat it.</summary>
internal sealed class SshConnectionLostException : Exception
{
    public SshConnectionLostException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
