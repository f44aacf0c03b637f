using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>The lock of a simulated node, held by a conversation.</summary>
internal sealed class SimulatedNodeLock(NodeConversation conversation) : INodeLock
{
    public Task<CallResult> AcquireAsync(string holder, CancellationToken cancellationToken = default) => conversation.LockAsync(holder, cancellationToken);

    public Task<CallResult> ReleaseAsync(string holder, CancellationToken cancellationToken = default) => conversation.UnlockAsync(holder, cancellationToken);
}
