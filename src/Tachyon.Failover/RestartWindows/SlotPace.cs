namespace Tachyon.Failover.RestartWindows;

/// <summary>Measures how long a slot takes, from the observed slots and their times.</summary>
/// <remarks>
/// It gives a lower bound, so that a window is never shorter than reported: of two observed slots, the first may have just begun and the
/// second may be nearly over, followed by a slot without a block. A longer observation reduces this error; observations older than a minute are dropped.
/// </remarks>
internal sealed class SlotPace
{
    /// <summary>The least observation time for a result: some 20 slots, where the bound is a tenth too low.</summary>
    public static readonly TimeSpan ShortestWatch = TimeSpan.FromSeconds(8);

    private const int SlotsUnseen = 2;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);
    private readonly Queue<(ulong Slot, TimeSpan At)> _seen = [];
    private TimeSpan _last;

    /// <summary>The newest observed slot; null if there is none.</summary>
    public ulong? Newest { get; private set; }

    /// <summary>The lower bound of the slot time; null while the observation is too short.</summary>
    public TimeSpan? Slot => _seen.TryPeek(out var first) && Newest is { } newest && _last - first.At >= ShortestWatch
        ? (_last - first.At) / (newest - first.Slot + SlotsUnseen)
        : null;

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
