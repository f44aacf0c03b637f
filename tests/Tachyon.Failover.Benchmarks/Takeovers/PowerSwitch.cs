using Tachyon.Failover.Hosts;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Takeovers;

/// <summary>Stands in for what cuts a machine's power: it reaches the process past every network.</summary>
internal sealed class PowerSwitch(StandInNode node) : IFencingDevice
{
    public async Task<CallResult> FenceAsync(CancellationToken cancellationToken = default)
    {
        await node.KillAsync();
        return CallResult.Done();
    }

    public Task<CallResult> VerifyAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(node.IsRunning ? CallResult.NotDone(CallFailure.Refused, "it is on") : CallResult.Done());
}
