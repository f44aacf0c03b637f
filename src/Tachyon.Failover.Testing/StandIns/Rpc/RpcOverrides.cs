using System.Collections.Concurrent;
using System.Text.Json;
using Tachyon.Failover.Testing.StandIns.Launching;

namespace Tachyon.Failover.Testing.StandIns.Rpc;

/// <summary>Ordered answers that replace the true ones.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RpcOverrides
{
    private readonly ConcurrentDictionary<string, StandInRpcAnswer> _answers = new(StringComparer.Ordinal);

    public void Obey(ControlMessage order)
    {
        if (order.ClearRpcAnswers is true)
        {
            _answers.Clear();
        }

        if (order.RpcAnswer is { } answer)
        {
            _answers[answer.Method] = answer;
        }
    }

    /// <summary>The ordered answer for a method; null if there is none.</summary>
    /// <exception cref="JsonRpcException">A refusal was ordered.</exception>
    public Action<Utf8JsonWriter>? Find(string method)
    {
        if (!_answers.TryGetValue(method, out var answer))
        {
            return null;
        }

        return answer.ErrorCode is { } code ? throw new JsonRpcException(code, answer.ErrorMessage) : writer => writer.WriteRawValue(answer.Result);
    }
}
