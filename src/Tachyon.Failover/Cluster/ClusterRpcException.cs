namespace Tachyon.Failover.Cluster;

/// <summary>A JSON-RPC call without a result. The message names the method, the node, the answer and, where there is one, the remedy.</summary>
public sealed class ClusterRpcException : FailoverException
{
    /// <summary>Creates the exception.</summary>
    public ClusterRpcException(ClusterRpcFailure failure, string method, string message, int? code = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Failure = failure;
        Method = method;
        Code = code;
    }

    /// <summary>The kind of the error, for programs.</summary>
    public ClusterRpcFailure Failure { get; }

    /// <summary>The JSON-RPC method.</summary>
    public string Method { get; }

    /// <summary>The JSON-RPC error code or the HTTP status, according to <see cref="Failure"/>; null for the others.</summary>
    public int? Code { get; }
}
