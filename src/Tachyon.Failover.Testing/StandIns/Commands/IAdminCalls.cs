using System.Text.Json;

namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>A command's calls to a validator.</summary>
internal interface IAdminCalls
{
    /// <summary>Calls an admin method.</summary>
    /// <returns>The result.</returns>
    /// <exception cref="AdminCallException">The call failed.</exception>
    Task<JsonElement> CallAsync(string method, params object[] parameters);

    /// <summary>Calls the validator's JSON-RPC.</summary>
    Task<JsonElement> QueryAsync(string method, params object[] parameters);
}
