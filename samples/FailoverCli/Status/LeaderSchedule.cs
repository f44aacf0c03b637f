using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Cli.Status;

/// <summary>The leader slots of an identity in an epoch and the next one, as far as the cluster knows them.</summary>
/// <param name="Slots">The slots, ascending.</param>
/// <param name="End">The first slot after them of which nothing is known.</param>
internal sealed record LeaderSchedule(IReadOnlyList<ulong> Slots, ulong End)
{
    public static async Task<LeaderSchedule> AskAsync(IClusterRpc cluster, Pubkey identity, EpochInfo epoch, CancellationToken cancellationToken)
    {
        var slots = new List<ulong>();
        var first = epoch.FirstSlot;
        for (var epochs = 0; epochs < 2 && await cluster.GetLeaderScheduleAsync(first, identity, cancellationToken) is { } known; epochs++)
        {
            slots.AddRange(known.Select(index => first + index));
            first += epoch.SlotsInEpoch;
        }

        return new LeaderSchedule(slots, first);
    }

    /// <summary>The first leader slot at a slot or after it; null if none is known.</summary>
    public ulong? NextFrom(ulong slot) => Slots.Where(one => one >= slot).Select(one => (ulong?)one).FirstOrDefault();

    /// <summary>The first stretch of at least so many slots in which the identity does not lead; null if none is known. One that ends at <see cref="End"/> may be longer.</summary>
    public (ulong First, ulong End)? FindFrom(ulong slot, ulong slots)
    {
        foreach (var next in Slots.Where(one => one >= slot).Append(End))
        {
            if (next >= slot + slots)
            {
                return (slot, next);
            }

            slot = next + 1;
        }

        return null;
    }
}
