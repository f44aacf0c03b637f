using Tachyon.Failover.Decisions;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Decides which of two nodes has the newest tower, by the towers themselves and by the chain.</summary>
internal static class TowerAges
{
    /// <summary>The tower with which the staked identity may continue.</summary>
    public static NewestTower NewestOf(PairSurvey survey, TowerVerdict? source, TowerVerdict? target)
    {
        if (!WasSeen(survey.Source) || !WasSeen(survey.Target) || survey.VoteAccount.Value is not { } account)
        {
            return NewestTower.Unknown;
        }

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
        return file is null || TowerVerification.Check(file, account.Node, account.LastVote, held: null).IsUsable ? newest : NewestTower.None;
    }

    private static bool WasSeen(NodeSurvey node) => node.Tower.IsDone || node.Tower.Call.Failure == CallFailure.TowerMissing;
}
