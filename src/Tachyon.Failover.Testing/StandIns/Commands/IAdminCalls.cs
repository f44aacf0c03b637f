using System.Text.Json;

namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>What a command asks a validator.</summary>
internal interface IAdminCalls
{
    /// <summary>Calls an admin method.</summary>
    /// <returns>The result.</returns>
    /// <exception cref="AdminCallException">It did not succeed.</exception>
    Task<JsonElement> CallAsync(string method, params object[] parameters);

    /// <summary>Calls the validator's JSON-RPC.</summary>
    Task<JsonElement> QueryAsync(string method, params object[] parameters);
}
