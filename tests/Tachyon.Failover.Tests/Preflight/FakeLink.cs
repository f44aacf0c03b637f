using System.Collections.Concurrent;
using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Tests.Preflight;

/// <summary>A link that records changing calls, and changes nothing.</summary>
internal sealed class FakeLink(string name, ConcurrentQueue<string> changes) : IIdentityLink
{
    public Task<CallResult<IdentityLinkTarget>> ReadAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<CallResult> PointAtAsync(IdentityRole identity, CancellationToken cancellationToken = default)
    {
        changes.Enqueue(nameof(PointAtAsync));
        return Task.FromResult(CallResult.Done());
    }

    public string CommandToPointAt(IdentityRole identity) => $"link {name} to {identity}";
}
