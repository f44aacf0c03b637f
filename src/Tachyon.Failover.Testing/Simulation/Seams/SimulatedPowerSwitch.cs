using Tachyon.Failover.Hosts;
using Tachyon.Failover.Testing.Simulation.Nodes;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>Cuts a simulated node's power over its own network, which no partition touches.</summary>
internal sealed class SimulatedPowerSwitch(SimulatedCoordinator owner, SimulatedNode node) : IFencingDevice
{
    private static readonly TimeSpan Takes = TimeSpan.FromSeconds(1.5);

    public Task<CallResult> FenceAsync(CancellationToken cancellationToken = default) => owner.LaterAsync(Takes, () =>
    {
        switch (node.PowerSwitch)
        {
            case PowerSwitchState.Refuses:
                return CallResult.NotDone(CallFailure.Refused, "the switch refuses");
            case PowerSwitchState.LosesItsAnswer:
                node.PowerOff();
                return CallResult.Unknown(CallFailure.ConnectionLost, "the switch did not answer");
            case PowerSwitchState.DoesNothing:
                return CallResult.Unknown(CallFailure.TimedOut, "the switch did not answer");
            default:
                node.PowerOff();
                return CallResult.Done();
        }
    });

    public Task<CallResult> VerifyAsync(CancellationToken cancellationToken = default) =>
        owner.LaterAsync(Takes, () => node.IsPoweredOff ? CallResult.Done() : CallResult.NotDone(CallFailure.Refused, "its power is on"));
}
