namespace Tachyon.Failover.Tests.Schedule;

/// <summary>A leader schedule as a list of slots, searched slot by slot: slow, and too simple to have errors.</summary>
/// <param name="FirstSlot">The first slot of the epoch.</param>
/// <param name="Current">For each slot of the epoch whether it is the leader's; null if unknown.</param>
/// <param name="Next">For each slot of the next epoch; null if unknown.</param>
internal sealed record SlotBySlot(ulong FirstSlot, bool[]? Current, bool[]? Next)
{
    /// <summary>Far enough after the end of the next epoch.</summary>
    private const ulong Horizon = 5000;

    private enum Known
    {
        Nothing,
        Leads,
        DoesNotLead,
    }

    public ulong? NextFrom(ulong slot)
    {
        for (var s = slot; s < FirstSlot + Horizon; s++)
        {
            if (At(s) == Known.Leads)
            {
                return s;
            }
        }

        return null;
    }

    /// <summary>The first slot of a long enough stretch of idle slots, its length, and whether it ends with an unknown slot.</summary>
    public (ulong First, ulong Slots, bool EndsUnknown)? FindFrom(ulong slot, ulong slots)
    {
        for (var s = slot; s < FirstSlot + Horizon; s++)
        {
            var isFirst = s == slot || At(s - 1) != Known.DoesNotLead;
            if (isFirst && IdleFrom(s) is var idle && idle > 0 && idle >= slots)
            {
                return (s, idle, At(s + idle) == Known.Nothing);
            }
        }

        return null;
    }

    private ulong IdleFrom(ulong slot)
    {
        ulong idle = 0;
        while (At(slot + idle) == Known.DoesNotLead)
        {
            idle++;
        }

        return idle;
    }

    private Known At(ulong slot)
    {
        if (Current is null || slot < FirstSlot)
        {
            return Known.Nothing;
        }

        var index = slot - FirstSlot;
        var length = (ulong)Current.Length;
        return index < length ? Of(Current[index])
            : Next is not null && index < 2 * length && index - length < (ulong)Next.Length ? Of(Next[index - length])
            : Known.Nothing;
    }

    private static Known Of(bool leads) => leads ? Known.Leads : Known.DoesNotLead;
}
