using System.Text.Json;
using Tachyon.Failover.Testing.StandIns.Rpc;

namespace Tachyon.Failover.Testing.StandIns.Validator;

/// <summary>The admin methods, with the faults that tests inject.</summary>
internal sealed class FaultyAdmin(AdminMethods methods, Faults faults, TimeProvider time, Action die)
{
    private const int InternalError = -32603;

    // Kept, because a task that nothing holds is garbage, and so is the caller's connection that waits for it: its finalizer would close it.
    private readonly TaskCompletionSource _never = new();

    /// <summary>Calls a method. A call whose answer is lost does not end.</summary>
    /// <exception cref="JsonRpcException">The call is refused.</exception>
    public async Task<Action<Utf8JsonWriter>> CallAsync(string method, IReadOnlyList<JsonElement> parameters)
    {
        var fault = faults.TakeFor(method);
        switch (fault?.Kind)
        {
            case StandInFaultKind.Refuse:
                throw new JsonRpcException(InternalError, fault.Words);
            case StandInFaultKind.DieBefore:
                die();
                break;
            case StandInFaultKind.LoseCall:
                await NeverAsync().ConfigureAwait(false);
                break;
            case StandInFaultKind.DelayCall:
                await Task.Delay(fault.Delay, time).ConfigureAwait(false);
                break;
        }

        var answer = await methods.CallAsync(method, parameters).ConfigureAwait(false);
        switch (fault?.Kind)
        {
            case StandInFaultKind.DieAfter:
                die();
                break;
            case StandInFaultKind.LoseAnswer:
                await NeverAsync().ConfigureAwait(false);
                break;
            case StandInFaultKind.DelayAnswer:
                await Task.Delay(fault.Delay, time).ConfigureAwait(false);
                break;
        }

        return answer;
    }

    private Task NeverAsync() => _never.Task;
}
