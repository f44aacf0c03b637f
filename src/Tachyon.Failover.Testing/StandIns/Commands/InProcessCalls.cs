using System.Text.Json;
using Tachyon.Failover.Testing.StandIns.Rpc;
using Tachyon.Failover.Testing.StandIns.Validator;

namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>A command that runs inside the validator process asks it directly.</summary>
internal sealed class InProcessCalls(FaultyAdmin admin, Func<JsonRpcRequest, Task<Action<Utf8JsonWriter>>> rpc) : IAdminCalls
{
    public Task<JsonElement> CallAsync(string method, params object[] parameters) =>
        AskAsync(() => admin.CallAsync(method, [.. parameters.Select(JsonValues.Of)]));

    public Task<JsonElement> QueryAsync(string method, params object[] parameters) =>
        AskAsync(() => rpc(new JsonRpcRequest { Id = JsonValues.Of(1UL), Method = method, Params = [.. parameters.Select(JsonValues.Of)] }));

    private static async Task<JsonElement> AskAsync(Func<Task<Action<Utf8JsonWriter>>> call)
    {
        try
        {
            return JsonValues.Of(await call().ConfigureAwait(false));
        }
        catch (JsonRpcException e)
        {
            throw AdminCallException.Of(e);
        }
    }
}
