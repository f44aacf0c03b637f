using Tachyon.Failover.Testing.StandIns.Rpc;

namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>An admin call failed. The message is what the command line prints.</summary>
internal sealed class AdminCallException(string message) : Exception(message)
{
    /// <summary>The message for a refusal by the validator.</summary>
    public static AdminCallException Of(JsonRpcException refusal) => new($"Server returned rpc error {Kind(refusal.Code)}: {refusal.Message}");

    private static string Kind(int code) => code switch
    {
        JsonRpcException.InvalidParams => "Invalid params",
        JsonRpcException.MethodNotFound => "Method not found",
        JsonRpcException.InvalidRequest => "Invalid request",
        -32603 => "Internal error",
        _ => "Server error",
    };
}
