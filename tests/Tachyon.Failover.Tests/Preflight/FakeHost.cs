using System.Collections.Concurrent;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Tests.Preflight;

/// <summary>A host that records changing calls, and changes nothing.</summary>
internal sealed class FakeHost(ConcurrentQueue<string> changes) : IValidatorHost
{
    public Task<CallResult> SetIdentityAsync(IdentityRole identity, TowerFile? requiredTower, TimeSpan? within, CancellationToken cancellationToken = default) =>
        Change(nameof(SetIdentityAsync));

    public Task<CallResult> AddAuthorizedVotersAsync(CancellationToken cancellationToken = default) => Change(nameof(AddAuthorizedVotersAsync));

    public Task<CallResult> RemoveAllAuthorizedVotersAsync(CancellationToken cancellationToken = default) => Change(nameof(RemoveAllAuthorizedVotersAsync));

    public Task<CallResult<ClusterNode>> GetContactInfoAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<CallResult<ValidatorInspection>> InspectAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public string CommandFor(ValidatorCommand command) => $"command {command}";

    private Task<CallResult> Change(string call)
    {
        changes.Enqueue(call);
        return Task.FromResult(CallResult.Done());
    }
}
