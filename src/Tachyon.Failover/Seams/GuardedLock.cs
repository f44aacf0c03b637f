using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Seams;

/// <summary>A lock whose exceptions are results.</summary>
internal sealed class GuardedLock(INodeLock inner) : INodeLock
{
    public Task<CallResult> AcquireAsync(string holder, CancellationToken cancellationToken = default) =>
        GuardedCall.RunAsync(() => inner.AcquireAsync(holder, cancellationToken), cancellationToken);

    public Task<CallResult> ReleaseAsync(string holder, CancellationToken cancellationToken = default) =>
        GuardedCall.RunAsync(() => inner.ReleaseAsync(holder, cancellationToken), cancellationToken);
}
