namespace Tachyon.Failover;

/// <summary>When each slot ended, according to the votes: a vote is saved some milliseconds after its block is complete. Slots in between have the mean length.</summary>
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

        // An impossible pace means that a node, or its stream, was suspended.
        if (pace < expected.TotalMilliseconds / 2 || pace > expected.TotalMilliseconds * 2)
        {
            pace = expected.TotalMilliseconds;
        }

        // Late votes must not move the grid, so the median counts.
        var offsets = votes.Select(vote => vote.At.TotalMilliseconds - (pace * vote.Slot)).Order().ToList();
        return new SlotGrid(pace, offsets[offsets.Count / 2]);
    }

    public TimeSpan EndOf(ulong slot) => TimeSpan.FromMilliseconds((_slot * slot) + _offset);

    public TimeSpan BeginOf(ulong slot) => TimeSpan.FromMilliseconds((_slot * (slot - 1.0)) + _offset);

    /// <summary>The slots that overlap a time span.</summary>
    public IEnumerable<ulong> Within(TimeSpan from, TimeSpan to)
    {
        var first = (ulong)Math.Max(Math.Floor((from.TotalMilliseconds - _offset) / _slot) + 1, 1);
        for (var slot = first; BeginOf(slot) < to; slot++)
        {
            yield return slot;
        }
    }
}
