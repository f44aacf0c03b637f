using Tachyon.Failover.Cluster;
using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Schedule;

/// <summary>The leader slots of one identity, as far as they are known: when it leads next, when it led last, and when it does not lead for a while.</summary>
/// <remarks>
/// Immutable, and therefore thread-safe. All slots are counted from the first of the chain. What lies before <see cref="FirstSlot"/> or from <see cref="EndSlot"/> on is not known,
/// and is taken neither for a leader slot nor for none.
/// </remarks>
public sealed class LeaderSlots
{
    private readonly ulong[] _slots;

    private LeaderSlots(ulong firstSlot, ulong endSlot, ulong[] slots)
    {
        FirstSlot = firstSlot;
        EndSlot = endSlot;
        _slots = slots;
    }

    /// <summary>The first slot that is known.</summary>
    public ulong FirstSlot { get; }

    /// <summary>The slot behind the last that is known; <see cref="FirstSlot"/> if none is.</summary>
    public ulong EndSlot { get; }

    /// <summary>The leader slots between them, ascending.</summary>
    public IReadOnlyList<ulong> Slots => _slots;

    /// <summary>The leader slots of this epoch and the next.</summary>
    /// <param name="epoch">This epoch.</param>
    /// <param name="current">Its leader slots, counted from its first slot, ascending; null if they are not known, and then nothing is.</param>
    /// <param name="next">Those of the next epoch, counted from its first slot, ascending; null if they are not known yet.</param>
    /// <remarks>
    /// The next epoch counts as known for as many slots as this one has. That is all of it, but on a new chain whose epochs still grow; they
    /// never shrink.
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

    /// <summary>Asks the cluster for the leader slots of an epoch and of the next: two calls of <c>getLeaderSchedule</c>, both of which every validator's RPC knows. May be repeated.</summary>
    /// <param name="cluster">Who is asked.</param>
    /// <param name="identity">Whose leader slots.</param>
    /// <param name="epoch">The epoch, as <see cref="IClusterRpc.GetEpochInfoAsync"/> tells it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ClusterRpcException">A call brought no result.</exception>
    public static async Task<LeaderSlots> AskAsync(IClusterRpc cluster, Pubkey identity, EpochInfo epoch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(epoch);
        var current = await cluster.GetLeaderScheduleAsync(epoch.FirstSlot, identity, cancellationToken).ConfigureAwait(false);
        var next = await cluster.GetLeaderScheduleAsync(Add(epoch.FirstSlot, epoch.SlotsInEpoch), identity, cancellationToken).ConfigureAwait(false);
        return Of(epoch, current, next);
    }

    /// <summary>The first leader slot at a slot or after it; null if none is known.</summary>
    public ulong? NextFrom(ulong slot)
    {
        var index = IndexFrom(slot);
        return index < _slots.Length ? _slots[index] : null;
    }

    /// <summary>All restart windows from a slot on, in their order: between any two of them the identity leads. The first begins with the slot itself if it is none of the leader's.</summary>
    public IEnumerable<RestartWindow> WindowsFrom(ulong slot)
    {
        var first = Math.Max(slot, FirstSlot);
        for (var index = IndexFrom(first); index < _slots.Length; index++)
        {
            if (_slots[index] > first)
            {
                yield return new RestartWindow { FirstSlot = first, EndSlot = _slots[index] };
            }

            first = _slots[index] + 1;
        }

        if (first < EndSlot)
        {
            yield return new RestartWindow { FirstSlot = first, EndSlot = EndSlot, EndsUnknown = true };
        }
    }

    /// <summary>The first restart window from a slot on that has so many slots; null if none is known.</summary>
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

    // The index of the first leader slot that is not before it.
    private int IndexFrom(ulong slot)
    {
        var index = Array.BinarySearch(_slots, slot);
        return index < 0 ? ~index : index;
    }

    private static IEnumerable<ulong> From(ulong first, ulong end, IEnumerable<ulong> indices) =>
        indices.Where(index => index < end - first).Select(index => first + index);

    // A node may answer anything.
    private static ulong Add(ulong slot, ulong slots) => slot > ulong.MaxValue - slots ? ulong.MaxValue : slot + slots;
}
