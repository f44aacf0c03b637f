using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Decisions;

/// <summary>Decides which of two nodes has the newest tower, by the towers themselves and by the chain. Pure.</summary>
internal static class TowerAges
{
    /// <summary>The tower with which the staked identity may continue. Both towers were read, or are missing.</summary>
    /// <param name="source">The source's; null if it has none.</param>
    /// <param name="target">The target's; null if it has none.</param>
    /// <param name="stakedIdentity">The identity that voted.</param>
    /// <param name="landed">The slot of its newest landed vote.</param>
    public static NewestTower NewestOf(TowerVerdict? source, TowerVerdict? target, Pubkey stakedIdentity, ulong landed)
    {
        // A tower that cannot be read may hold votes that the other lacks.
        if (source is { IsUsable: false } || target is { IsUsable: false })
        {
            return NewestTower.Contradictory;
        }

        var (newest, file) = (source?.Tower, target?.Tower) switch
        {
            (null, null) => (NewestTower.None, null),
            ({ } own, null) => (NewestTower.Source, own.File),
            (null, { } own) => (NewestTower.Target, own.File),
            ({ } a, { } b) => TowerComparison.Compare(a, b) switch
            {
                TowerRelation.Newer => (NewestTower.Source, a.File),
                TowerRelation.Older => (NewestTower.Target, b.File),
                TowerRelation.Same => (NewestTower.Both, a.File),
                _ => (NewestTower.Contradictory, null),
            },
        };

        // The node that voted last has a tower with all landed votes. If neither has, the tower is elsewhere or lost.
        return file is null || TowerVerification.Check(file, stakedIdentity, landed, held: null).IsUsable ? newest : NewestTower.None;
    }
}
