namespace Tachyon.Failover.Schedule;

/// <summary>How long a slot takes, from the slots that were seen and when.</summary>
/// <remarks>
/// What it says is the least that a slot can have taken, so that a window is not shorter than it was said to be: of two slots that were seen, the first may have just begun and the
/// second be nearly over, with a slot without a block behind it. The longer it watches the less that matters; what is older than a minute is forgotten.
/// </remarks>
internal sealed class SlotPace
{
    /// <summary>How long must be watched before anything is said: some 20 slots, by which it is a tenth too careful.</summary>
    public static readonly TimeSpan ShortestWatch = TimeSpan.FromSeconds(8);

    private const int SlotsUnseen = 2;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);
    private readonly Queue<(ulong Slot, TimeSpan At)> _seen = [];
    private TimeSpan _last;

    /// <summary>The newest slot that was seen; null if none was.</summary>
    public ulong? Newest { get; private set; }

    /// <summary>The least that a slot can take; null as long as too little was seen.</summary>
    public TimeSpan? Slot => _seen.TryPeek(out var first) && Newest is { } newest && _last - first.At >= ShortestWatch
        ? (_last - first.At) / (newest - first.Slot + SlotsUnseen)
        : null;

    /// <summary>Takes in a slot. One that is not newer than the newest says nothing: behind a gateway one node may be behind another.</summary>
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
