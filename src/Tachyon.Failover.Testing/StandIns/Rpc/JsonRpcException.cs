namespace Tachyon.Failover.Testing.StandIns.Rpc;

/// <summary>A JSON-RPC call is refused with this code and message.</summary>
internal sealed class JsonRpcException(int code, string message) : Exception(message)
{
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;

    public int Code { get; } = code;

    public static JsonRpcException UnknownMethod() => new(MethodNotFound, "Method not found");
}
