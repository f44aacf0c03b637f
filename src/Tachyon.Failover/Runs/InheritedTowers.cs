using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>The towers that a takeover could deliver to the target.</summary>
internal static class InheritedTowers
{
    /// <summary>Returns all undamaged towers, with the origin of each.</summary>
    /// <param name="pair">The nodes.</param>
    /// <param name="policy">Which origins are allowed.</param>
    /// <param name="copy">The tower copy of the monitor; null if there is none.</param>
    /// <param name="own">The lost node's own tower; null if it was not read.</param>
    /// <param name="time">The clock.</param>
    public static async Task<IReadOnlyList<(Tower Tower, string Origin)>> FindAsync(ValidatorPair pair, TakeoverPolicy policy, TowerCopy? copy, TowerFile? own, TimeProvider time)
    {
        var takesCopy = policy.Tower != TakeoverTower.FromNode;
        var stored = takesCopy && pair.Target.TowerCopies is { } store
            ? (await BoundedCall.ReadAsync(_ => store.ReadAsync(CancellationToken.None), policy.CallTimeout, time).ConfigureAwait(false)).Value
            : null;
        (TowerFile? File, string Origin)[] files =
        [
            (own, $"the one on the disk of {pair.Source.Name}"),
            (takesCopy ? copy?.Newest : null, "the copy in the memory of the monitor"),
            (stored, $"the copy that a monitor has kept on {pair.Target.Name}"),
        ];
        return
        [
            .. files
                .Where(file => file.File is not null)
                .Select(file => (TowerVerification.Check(file.File!, pair.StakedIdentity).Tower, file.Origin))
                .Where(tower => tower.Tower is not null)
                .Select(tower => (tower.Tower!, tower.Origin)),
        ];
    }

    /// <summary>Finds the towers, and returns the one that the target may get; null, with the reason, if there is none.</summary>
    public static async Task<(Tower? Tower, string Words)> ChooseAsync(RunContext run, TakeoverContext takeover, TowerFile? own)
    {
        var found = await FindAsync(run.Pair, takeover.Policy, takeover.Watch.TowerCopy, own, run.Time).ConfigureAwait(false);
        return TowerChoice.Of(found, run.Pair.StakedIdentity, takeover.Landed, run.Leftover);
    }
}
