using System.Net.Http.Headers;
using System.Text.Json;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.StandIns.Rpc;

namespace Tachyon.Failover.Testing.StandIns.Validator;

/// <summary>A validator's own JSON-RPC: its own state, and its view of the chain, for which it asks the cluster process.</summary>
internal sealed class ValidatorMethods(ValidatorProcessOptions options, EventPump pump, ValidatorModel model) : IDisposable
{
    private readonly HttpClient _cluster = new() { BaseAddress = new Uri($"http://127.0.0.1:{options.ClusterRpcPort}") };

    public async Task<Action<Utf8JsonWriter>> AnswerAsync(JsonRpcRequest request)
    {
        switch (request.Method)
        {
            case "getIdentity":
                var identity = pump.Ask(() => model.Identity).ToString();
                return writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("identity", identity);
                    writer.WriteEndObject();
                };
            case "getHealth":
                return pump.Ask(() => model.IsStarted)
                    ? writer => writer.WriteStringValue("ok")
                    : throw new JsonRpcException(-32005, "Node is unhealthy");
            case "getSlot" when request.Option("commitment")?.GetString() is "processed":
                var slot = pump.Ask(() => model.Newest?.Slot ?? 0);
                return writer => writer.WriteNumberValue(slot);
            default:
                return await AskClusterAsync(request).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cluster.Dispose();

    private async Task<Action<Utf8JsonWriter>> AskClusterAsync(JsonRpcRequest request)
    {
        using var body = new MemoryStream();
        var json = new Utf8JsonWriter(body);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc", "2.0");
            json.WriteNumber("id", 1);
            json.WriteString(JsonRpcRequest.AskerMember, options.Node);
            json.WriteString("method", request.Method);
            json.WriteStartArray("params");
            foreach (var parameter in request.Params)
            {
                parameter.WriteTo(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        using var content = new ByteArrayContent(body.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _cluster.PostAsync(new Uri("/", UriKind.Relative), content).ConfigureAwait(false);
        using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync().ConfigureAwait(false)).ConfigureAwait(false);
        if (answer.RootElement.TryGetProperty("error", out var error))
        {
            throw new JsonRpcException(error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()!);
        }

        var result = answer.RootElement.GetProperty("result").Clone();
        return result.WriteTo;
    }
}
