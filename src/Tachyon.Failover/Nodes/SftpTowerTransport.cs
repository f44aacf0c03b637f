using System.Runtime.CompilerServices;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Nodes;

/// <summary>
/// Copies towers by SFTP, as the guide does with <c>scp</c>, for nodes whose users may only copy files and run the validator's
/// program.
/// </summary>
/// <remarks>
/// It has its own connections, so each step waits for the previous one, and it checks for new towers ten times a second. SFTP version 3
/// cannot sync: a target that loses its power within seconds of the delivery may lose the tower.
/// </remarks>
public sealed class SftpTowerTransport : ITowerTransport, IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly SftpTowerFolder _source;
    private readonly SftpTowerFolder _target;
    private readonly TimeProvider _time;
    private TowerFile? _seen;

    /// <summary>Creates the transport; nothing is connected yet. It does not dispose the shells.</summary>
    /// <exception cref="InvalidSettingsException">The settings of a node are wrong, or require another user: SFTP has no <c>sudo</c>.</exception>
    public SftpTowerTransport(
        SshNetShell sourceShell,
        ValidatorNodeSettings source,
        SshNetShell targetShell,
        ValidatorNodeSettings target,
        Pubkey stakedIdentity,
        TimeProvider? timeProvider = null)
    {
        var name = new TowerFileName(stakedIdentity);
        _time = timeProvider ?? TimeProvider.System;
        _source = new SftpTowerFolder(sourceShell, source, name, _time);
        _target = new SftpTowerFolder(targetShell, target, name, _time);
    }

    /// <inheritdoc/>
    /// <value>False.</value>
    public bool IsOrderedWithHost => false;

    /// <inheritdoc/>
    public async IAsyncEnumerable<TowerFile> StreamAsync(NodeSide node, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        TowerFile? last = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            var read = await On(node).ReadAsync(cancellationToken).ConfigureAwait(false);
            if (!read.IsDone && read.Call.Failure != CallFailure.TowerMissing)
            {
                yield break;
            }

            if (read.Value is { } tower && !tower.Equals(last))
            {
                last = tower;
                yield return tower;
            }

            await PauseAsync(Look, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    /// <remarks>SFTP has times in whole seconds, so the silence is counted from the call.</remarks>
    public async Task<CallResult> AwaitVoteAsync(TimeSpan silence, bool sinceLastWait, CancellationToken cancellationToken = default)
    {
        var start = _time.GetTimestamp();
        var newest = await _source.ReadAsync(cancellationToken).ConfigureAwait(false);
        var first = sinceLastWait && _seen is not null ? _seen : newest.Value;
        while (newest.IsDone && newest.Value.Equals(first) && _time.GetElapsedTime(start) < silence && !cancellationToken.IsCancellationRequested)
        {
            await PauseAsync(Look / 4, cancellationToken).ConfigureAwait(false);
            newest = await _source.ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        _seen = newest.Value;
        return newest.IsDone ? CallResult.Done() : newest.Call;
    }

    /// <inheritdoc/>
    public async Task<CallResult<TowerFile>> ReadAsync(NodeSide node, TimeSpan drain, CancellationToken cancellationToken = default)
    {
        await PauseAsync(drain, cancellationToken).ConfigureAwait(false);
        return await (drain > TimeSpan.Zero ? On(node).ReadSavedAsync(cancellationToken) : On(node).ReadAsync(cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<CallResult> DeliverAsync(TowerFile tower, bool trial, CancellationToken cancellationToken = default) =>
        _target.DeliverAsync(tower, trial, cancellationToken);

    /// <inheritdoc/>
    public Task<CallResult> MoveAsideAsync(NodeSide node, CancellationToken cancellationToken = default) =>
        On(node).SetAsideAsync(cancellationToken);

    /// <summary>Closes its connections. May be repeated; later calls are not done, and streams end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync().ConfigureAwait(false);
        await _target.DisposeAsync().ConfigureAwait(false);
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) =>
        await _time.DelayAsync(pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private SftpTowerFolder On(NodeSide node) => node == NodeSide.Source ? _source : _target;
}
