namespace Tachyon.Failover.Shells.Ssh;

/// <summary>A connection was lost before what was asked of it could have been done, so it may be asked of another one.</summary>
internal sealed class SshConnectionLostException : Exception
{
    public SshConnectionLostException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
