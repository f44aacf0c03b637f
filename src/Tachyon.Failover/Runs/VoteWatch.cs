using Tachyon.Failover.Nodes;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Observes whether a node that runs the staked identity saves votes. It saves each vote, and votes only with authorized voters.</summary>
internal sealed class VoteWatch(ITowerTransport towers, NodeSide side, Pubkey stakedIdentity, CallResult<TowerFile> before, TowerVerdict? first)
{
    // The newest vote when the watch began; 0 for a node without a tower.
    private ulong? _from = before.Call.Failure == CallFailure.TowerMissing ? 0 : first?.Tower?.LastVotedSlot;

    /// <summary>Whether a vote newer than the first was saved; null if the tower could not be read.</summary>
    public bool? Saves { get; private set; }

    /// <summary>Probes once.</summary>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var now = await towers.ReadAsync(side, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        var slot = now.Value is { } file ? TowerVerification.Check(file, stakedIdentity).Tower?.LastVotedSlot
            : now.Call.Failure == CallFailure.TowerMissing ? 0
            : null;
        Saves = slot > _from ? true : slot is null || _from is null ? null : false;
        _from ??= slot;
    }
}
