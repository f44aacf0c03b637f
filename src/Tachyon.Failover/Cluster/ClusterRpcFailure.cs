namespace Tachyon.Failover.Cluster;

/// <summary>Why a JSON-RPC call has no result.</summary>
public enum ClusterRpcFailure
{
    /// <summary>The node answered with a JSON-RPC error; <see cref="ClusterRpcException.Code"/> is its code.</summary>
    Refused,

    /// <summary>The server answered with an HTTP status other than 200 and without a JSON-RPC error of the node, or with 429 (too many calls); <see cref="ClusterRpcException.Code"/> is the status.</summary>
    HttpError,

    /// <summary>No answer within the time limit.</summary>
    TimedOut,

    /// <summary>No connection, or it was lost before the answer was complete.</summary>
    Unreachable,

    /// <summary>The answer is no JSON-RPC answer to this call, has the wrong shape for the method, or is too long.</summary>
    InvalidResponse,
}
