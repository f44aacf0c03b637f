namespace Tachyon.Failover.Reports;

/// <summary>When which slot ended, as far as the votes tell: a vote for a slot is saved some milliseconds after its block is complete. Slots between are as long as their mean.</summary>
internal sealed class SlotGrid
{
    private readonly double _slot;
    private readonly double _offset;

    private SlotGrid(double slot, double offset)
    {
        _slot = slot;
        _offset = offset;
    }

    /// <summary>A grid through the votes; null if there are too few.</summary>
    public static SlotGrid? Of(IReadOnlyList<(ulong Slot, TimeSpan At)> votes, TimeSpan expected)
    {
        if (votes.Count == 0)
        {
            return null;
        }

        var (first, last) = (votes.MinBy(vote => vote.Slot), votes.MaxBy(vote => vote.Slot));
        var pace = last.Slot - first.Slot >= 4 ? (last.At - first.At).TotalMilliseconds / (last.Slot - first.Slot) : expected.TotalMilliseconds;

        // A pace that cannot be is that of a node that stood still, or of a feed that did.
        if (pace < expected.TotalMilliseconds / 2 || pace > expected.TotalMilliseconds * 2)
        {
            pace = expected.TotalMilliseconds;
        }

        // Late votes are not to move the grid: the middle one tells.
        var offsets = votes.Select(vote => vote.At.TotalMilliseconds - (pace * vote.Slot)).Order().ToList();
        return new SlotGrid(pace, offsets[offsets.Count / 2]);
    }

    public TimeSpan EndOf(ulong slot) => TimeSpan.FromMilliseconds((_slot * slot) + _offset);

    public TimeSpan BeginOf(ulong slot) => TimeSpan.FromMilliseconds((_slot * (slot - 1.0)) + _offset);

    /// <summary>The slots of which something lies in a span.</summary>
    public IEnumerable<ulong> Within(TimeSpan from, TimeSpan to)
    {
        var first = (ulong)Math.Max(Math.Floor((from.TotalMilliseconds - _offset) / _slot) + 1, 1);
        for (var slot = first; BeginOf(slot) < to; slot++)
        {
            yield return slot;
        }
    }
}
