using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Decisions;

/// <summary>Which tower a takeover may deliver to the target. Pure.</summary>
internal static class TowerChoice
{
    /// <summary>Returns the newest tower if it holds the landed votes and the votes of the others; otherwise the reason.</summary>
    public static (Tower? Tower, string Words) Of(IReadOnlyList<(Tower Tower, string Origin)> found, Pubkey stakedIdentity, ulong landed, Tower? leftover)
    {
        if (found.Count == 0)
        {
            return (null, "there is no undamaged tower of the staked identity, neither on the lost node nor in a copy of a monitor");
        }

        var (newest, origin) = found.MaxBy(tower => tower.Tower.LastVotedSlot);
        foreach (var held in (Tower?[])[leftover, .. found.Select(tower => tower.Tower)])
        {
            if (TowerVerification.Check(newest.File, stakedIdentity, landed, held) is { IsUsable: false } verdict)
            {
                return (null, $"the newest tower is {origin}, and it is not complete: {verdict.Reason}");
            }
        }

        return (newest, $"{origin}, last vote {newest.LastVotedSlot}");
    }
}
