using System.Runtime.CompilerServices;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Nodes;

/// <summary>Carries towers through the coordinator's open conversations with the two nodes: no connection is opened in the gap.</summary>
internal sealed class ShellTowerTransport : ITowerTransport
{
    private readonly TowerFolder _source;
    private readonly TowerFolder _target;

    /// <summary>Creates the transport; nothing is touched.</summary>
    /// <exception cref="InvalidSettingsException">The settings of a node are wrong.</exception>
    public ShellTowerTransport(
        NodeShell sourceShell,
        ValidatorNodeSettings source,
        NodeShell targetShell,
        ValidatorNodeSettings target,
        Pubkey stakedIdentity)
    {
        var name = new TowerFileName(stakedIdentity);
        _source = new TowerFolder(sourceShell, source, name);
        _target = new TowerFolder(targetShell, target, name);
    }

    /// <inheritdoc/>
    /// <value>True: it has no connections of its own.</value>
    public bool IsOrderedWithHost => true;

    /// <inheritdoc/>
    public async IAsyncEnumerable<TowerFile> StreamAsync(NodeSide node, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var session = await On(node).StartWatchAsync(cancellationToken).ConfigureAwait(false);
        if (session is null)
        {
            yield break;
        }

        await using (session.ConfigureAwait(false))
        {
            await foreach (var tower in TowerStream.ReadAsync(session.StandardOutput, cancellationToken).ConfigureAwait(false))
            {
                yield return tower;
            }
        }
    }

    /// <inheritdoc/>
    public Task<CallResult> AwaitVoteAsync(TimeSpan silence, bool sinceLastWait, CancellationToken cancellationToken = default) =>
        _source.AwaitVoteAsync(silence, sinceLastWait, cancellationToken);

    /// <inheritdoc/>
    public Task<CallResult<TowerFile>> ReadAsync(NodeSide node, TimeSpan drain, CancellationToken cancellationToken = default) =>
        On(node).ReadAsync(drain, cancellationToken);

    /// <inheritdoc/>
    public Task<CallResult> DeliverAsync(TowerFile tower, bool trial, CancellationToken cancellationToken = default) =>
        _target.DeliverAsync(tower, trial, cancellationToken);

    /// <inheritdoc/>
    public Task<CallResult> MoveAsideAsync(NodeSide node, CancellationToken cancellationToken = default) =>
        On(node).SetAsideAsync(cancellationToken);

    private TowerFolder On(NodeSide node) => node == NodeSide.Source ? _source : _target;
}
