using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.RestartWindows;

/// <summary>The known leader slots of one identity: when it leads next, when it led last, and when it does not lead for a while.</summary>
/// <remarks>
/// Immutable, and therefore thread-safe. All slots are counted from the first of the chain. Slots before the epoch and after the known schedule are unknown:
/// they count neither as leader slots nor as free ones.
/// </remarks>
internal sealed class LeaderSlots
{
    private readonly ulong[] _slots;

    private LeaderSlots(ulong firstSlot, ulong endSlot, ulong[] slots)
    {
        FirstSlot = firstSlot;
        EndSlot = endSlot;
        _slots = slots;
    }

    /// <summary>The first known slot.</summary>
    public ulong FirstSlot { get; }

    /// <summary>The slot after the last known one; <see cref="FirstSlot"/> if none is known.</summary>
    public ulong EndSlot { get; }

    /// <summary>The leader slots between them, ascending.</summary>
    public IReadOnlyList<ulong> Slots => _slots;

    /// <summary>The leader slots of this epoch and the next.</summary>
    /// <param name="epoch">This epoch.</param>
    /// <param name="current">Its leader slots, counted from its first slot, ascending; null if they are unknown. Then nothing is known.</param>
    /// <param name="next">Those of the next epoch, counted from its first slot, ascending; null if they are not known yet.</param>
    /// <remarks>
    /// The next epoch counts as known for as many slots as this one has. On a new chain, whose epochs still grow, that is only a part of it;
    /// epochs never shrink.
    /// </remarks>
    public static LeaderSlots Of(EpochInfo epoch, IReadOnlyList<ulong>? current, IReadOnlyList<ulong>? next)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        var first = epoch.FirstSlot;
        if (current is null)
        {
            return new LeaderSlots(first, first, []);
        }

        var second = Add(first, epoch.SlotsInEpoch);
        return next is null
            ? new LeaderSlots(first, second, [.. From(first, second, current)])
            : new LeaderSlots(first, Add(second, epoch.SlotsInEpoch), [.. From(first, second, current), .. From(second, Add(second, epoch.SlotsInEpoch), next)]);
    }

    /// <summary>Asks the cluster for the leader slots of an epoch and of the next: two calls of <c>getLeaderSchedule</c>, which every validator's RPC answers. May be repeated.</summary>
    /// <param name="cluster">The RPC to ask.</param>
    /// <param name="identity">The identity of the leader.</param>
    /// <param name="epoch">The epoch, from <see cref="IClusterRpc.GetEpochInfoAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ClusterRpcException">A call had no result.</exception>
    public static async Task<LeaderSlots> AskAsync(IClusterRpc cluster, Pubkey identity, EpochInfo epoch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(epoch);
        var both = await Task.WhenAll(
            cluster.GetLeaderScheduleAsync(epoch.FirstSlot, identity, cancellationToken),
            cluster.GetLeaderScheduleAsync(Add(epoch.FirstSlot, epoch.SlotsInEpoch), identity, cancellationToken)).ConfigureAwait(false);
        return Of(epoch, current: both[0], next: both[1]);
    }

    /// <summary>The first leader slot at a slot or after it; null if none is known.</summary>
    public ulong? NextFrom(ulong slot)
    {
        var index = IndexFrom(slot);
        return index < _slots.Length ? _slots[index] : null;
    }

    /// <summary>All restart windows from a slot on, in order: between any two of them the identity leads. The first begins with the slot itself unless that is a leader slot.</summary>
    public IEnumerable<RestartWindow> WindowsFrom(ulong slot)
    {
        var first = Math.Max(slot, FirstSlot);
        for (var index = IndexFrom(first); index < _slots.Length; index++)
        {
            if (_slots[index] > first)
            {
                yield return new RestartWindow(first, _slots[index]);
            }

            first = _slots[index] + 1;
        }

        if (first < EndSlot)
        {
            yield return new RestartWindow(first, EndSlot, endsUnknown: true);
        }
    }

    /// <summary>The first restart window from a slot on with at least so many slots; null if none is known.</summary>
    public RestartWindow? FindFrom(ulong slot, ulong slots)
    {
        foreach (var window in WindowsFrom(slot))
        {
            if (window.Slots >= slots)
            {
                return window;
            }
        }

        return null;
    }

    // The index of the first leader slot at or after it.
    private int IndexFrom(ulong slot)
    {
        var index = Array.BinarySearch(_slots, slot);
        return index < 0 ? ~index : index;
    }

    private static IEnumerable<ulong> From(ulong first, ulong end, IEnumerable<ulong> indices) =>
        indices.Where(index => index < end - first).Select(index => first + index);

    // A node's answer may hold any number.
    private static ulong Add(ulong slot, ulong slots) => slot > ulong.MaxValue - slots ? ulong.MaxValue : slot + slots;
}
