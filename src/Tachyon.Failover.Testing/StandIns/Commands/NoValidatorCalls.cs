using System.Net.Sockets;
using System.Text.Json;

namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>Without a validator, every call fails with these words.</summary>
internal sealed class NoValidatorCalls(Func<string> socketPath) : IAdminCalls
{
    public Task<JsonElement> CallAsync(string method, params object[] parameters)
    {
        var path = socketPath();
        return Task.FromException<JsonElement>(new AdminCallException(
            File.Exists(path) ? $"Client error: {Connect(path)}" : $"Client error: {path} does not exist"));
    }

    public Task<JsonElement> QueryAsync(string method, params object[] parameters) => CallAsync(method, parameters);

    private static string Connect(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return "connection closed";
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.AccessDenied ? "Permission denied (os error 13)" : "Connection refused (os error 111)";
        }
    }
}
