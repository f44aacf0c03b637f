using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Wire;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>The validator of a simulated node, commanded over a conversation.</summary>
/// <param name="conversation">The conversation.</param>
/// <param name="settings">The paths of its files in the caller's settings; null for the real ones.</param>
internal sealed class SimulatedValidatorHost(NodeConversation conversation, NodePaths? settings = null) : IValidatorHost
{
    // As in ShellValidatorHost: the node ends a program at its limit, and has some time to report it.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
    private static readonly ValidatorTimeLimits Limits = new();

    private readonly NodePaths _paths = settings ?? NodePaths.Usual;

    public async Task<CallResult> SetIdentityAsync(IdentityRole identity, TowerFile? requiredTower, TimeSpan? within, CancellationToken cancellationToken = default) =>
        (await conversation.RunAsync(HostCommands.SetIdentity(identity, _paths, requiredTower) with { BeginsBefore = conversation.Node.Events.Now + within }, Limits.SetIdentity + Grace, cancellationToken).ConfigureAwait(false)).Result;

    public async Task<CallResult> AddAuthorizedVotersAsync(CancellationToken cancellationToken = default) =>
        (await conversation.RunAsync(HostCommands.AddVoters(_paths), Limits.Command + Grace, cancellationToken).ConfigureAwait(false)).Result;

    public async Task<CallResult> RemoveAllAuthorizedVotersAsync(CancellationToken cancellationToken = default) =>
        (await conversation.RunAsync(HostCommands.RemoveVoters(_paths), Limits.Command + Grace, cancellationToken).ConfigureAwait(false)).Result;

    public async Task<CallResult<ClusterNode>> GetContactInfoAsync(CancellationToken cancellationToken = default) =>
        (await conversation.ProbeAsync(HostCommands.ContactInfo(_paths), Limits.Command + Grace, cancellationToken).ConfigureAwait(false)).As<ClusterNode>();

    public async Task<CallResult<ValidatorInspection>> InspectAsync(CancellationToken cancellationToken = default) =>
        (await conversation.ProbeAsync(HostCommands.Inspect(_paths), Limits.Command, cancellationToken).ConfigureAwait(false)).As<ValidatorInspection>();

    public string CommandFor(ValidatorCommand command) => TypedCommands.TextOf(command, _paths);
}
