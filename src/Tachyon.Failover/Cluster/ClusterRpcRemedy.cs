namespace Tachyon.Failover.Cluster;

/// <summary>What an operator can do about a call without a result; empty if nothing is known to help.</summary>
internal static class ClusterRpcRemedy
{
    public static string ForRefusal(int code) => code switch
    {
        -32601 => " The node does not serve this method: ask another, or start it with --full-rpc-api.",
        -32602 => " The node takes other parameters: it may be of another version.",
        -32011 => " The node keeps no transactions: ask another, or start it with --enable-rpc-transaction-history.",
        -32005 => " The node has not caught up: ask another, or wait.",
        _ => "",
    };

    public static string ForStatus(int status) => status switch
    {
        401 or 403 => " Check the key in the endpoint's address.",
        404 => " Check the path of the endpoint.",
        429 => " The server limits calls: wait, or ask another.",
        _ => "",
    };

    public const string ForTimeout = " Check that the node is up and not overloaded, or raise the time limit of a call.";

    public const string ForConnecting = " Check that the host answers and is not overloaded.";

    public const string ForUnreachable = " Check the address, and that the node runs and serves its RPC there.";

    public const string ForNonsense = " Check that the endpoint is the RPC port of a validator.";
}
