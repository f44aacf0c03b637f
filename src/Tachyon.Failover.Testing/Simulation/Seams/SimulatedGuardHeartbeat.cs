using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>The heartbeat of a guard on a simulated node. It is in memory, and ends with a reboot.</summary>
internal sealed class SimulatedGuardHeartbeat(SimulatedCoordinator owner, SimulatedNode node) : IGuardHeartbeat
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public Task<CallResult> BeatAsync(CancellationToken cancellationToken = default) => OnNodeAsync(
        () =>
        {
            node.GuardBeat = (node.Boots, owner.Events.Now);
            return CallResult.Done();
        },
        static failure => failure,
        cancellationToken);

    public Task<CallResult<GuardBeat>> ReadAsync(CancellationToken cancellationToken = default) => OnNodeAsync<CallResult<GuardBeat>>(
        () => node.GuardBeat is var (boot, at) && boot == node.Boots
            ? new GuardBeat { Age = owner.Events.Now - at }
            : CallResult.NotDone(CallFailure.Skipped, "no guard has left a heartbeat since the machine was started"),
        static failure => failure,
        cancellationToken);

    private async Task<T> OnNodeAsync<T>(Func<T> there, Func<CallResult, T> otherwise, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return otherwise(CallResult.NotDone(CallFailure.Canceled, "the caller canceled"));
        }

        try
        {
            return owner.WireTo(node).IsPartitioned || !owner.WireTo(node).HostIsUp()
                ? await owner.LaterAsync(Limit, () => otherwise(CallResult.NotDone(CallFailure.Unreachable, "no route to the host"))).WaitAsync(cancellationToken).ConfigureAwait(false)
                : await owner.LaterAsync(owner.WireTo(node).OneWay * 2, there).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return otherwise(CallResult.Unknown(CallFailure.Canceled, "the caller canceled"));
        }
    }
}
