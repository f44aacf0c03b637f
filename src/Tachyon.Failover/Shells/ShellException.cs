namespace Tachyon.Failover.Shells;

/// <summary>A script could not be started on a host. The message names the host, what was seen and the remedy.</summary>
public sealed class ShellException : FailoverException
{
    /// <summary>Creates the exception. The message becomes one line of at most 4,000 characters, without characters of control or format: a server may have written a part of it.</summary>
    public ShellException(ShellFailure failure, string shell, string message, Exception? innerException = null)
        : base(ForeignText.Clean(message ?? ""), innerException)
    {
        Failure = failure;
        Shell = shell;
    }

    /// <summary>The kind of the error, for programs.</summary>
    public ShellFailure Failure { get; }

    /// <summary>The name of the shell (<see cref="IShell.Name"/>).</summary>
    public string Shell { get; }
}
