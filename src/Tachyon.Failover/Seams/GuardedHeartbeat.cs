using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Seams;

/// <summary>A guard's heartbeat whose exceptions are results.</summary>
internal sealed class GuardedHeartbeat(IGuardHeartbeat inner) : IGuardHeartbeat
{
    public Task<CallResult> BeatAsync(CancellationToken cancellationToken = default) => GuardedCall.RunAsync(() => inner.BeatAsync(cancellationToken), cancellationToken);

    public Task<CallResult<GuardBeat>> ReadAsync(CancellationToken cancellationToken = default) => GuardedCall.ReadAsync(() => inner.ReadAsync(cancellationToken), cancellationToken);
}
