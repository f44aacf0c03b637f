using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Nodes;

/// <summary>The lock of a node that is reached over a shell: a <c>flock</c> that the conversation holds.</summary>
internal sealed class ShellNodeLock(NodeShell shell) : INodeLock
{
    /// <inheritdoc/>
    public Task<CallResult> AcquireAsync(string holder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(holder);
        return shell.LockAsync(holder, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CallResult> ReleaseAsync(string holder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(holder);
        return shell.UnlockAsync(holder, cancellationToken);
    }
}
