namespace Tachyon.Failover.RestartWindows;

/// <summary>Measures how long a slot takes, from the observed slots and their times.</summary>
/// <remarks>
/// It gives a lower bound, so that a window is never shorter than reported: of two observed slots, the first may have just begun and the
/// second may be nearly over, followed by a slot without a block. After half a second the bound is a third of the truth or more, which is enough for a long window.
/// A longer observation reduces this error; observations older than a minute are dropped.
/// </remarks>
internal sealed class SlotPace
{
    /// <summary>How long an observation counts.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    /// <summary>After so long the bound is only a tenth too low: some 20 slots.</summary>
    private static readonly TimeSpan CloseAfter = TimeSpan.FromSeconds(8);

    private const int SlotsUnseen = 2;
    private readonly Queue<(ulong Slot, TimeSpan At)> _seen = [];
    private TimeSpan _last;

    /// <summary>The newest observed slot; null if there is none.</summary>
    public ulong? Newest { get; private set; }

    /// <summary>The lower bound of the slot time; null before a second slot was observed.</summary>
    public TimeSpan? Slot => Observed is { } observed && observed > TimeSpan.Zero ? observed / (Newest!.Value - _seen.Peek().Slot + SlotsUnseen) : null;

    /// <summary>Whether the bound is close enough to say that a window is too short.</summary>
    public bool IsClose => Observed >= CloseAfter;

    private TimeSpan? Observed => _seen.TryPeek(out var first) ? _last - first.At : null;

    /// <summary>Adds a slot. A slot that is not newer is ignored: a gateway may switch to a node that is behind.</summary>
    public void See(ulong slot, TimeSpan at)
    {
        if (slot <= Newest)
        {
            return;
        }

        (Newest, _last) = (slot, at);
        _seen.Enqueue((slot, at));
        while (_seen.Count > 2 && at - _seen.ElementAt(1).At >= Memory)
        {
            _seen.Dequeue();
        }
    }
}
