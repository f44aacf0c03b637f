using System.Globalization;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli.Status;

/// <summary>The slot clock at one moment.</summary>
/// <param name="Slot">The current slot, approximately.</param>
/// <param name="Length">The length of a slot.</param>
/// <param name="IsMeasured">Whether the length was measured, not assumed.</param>
/// <param name="Epoch">The epoch.</param>
/// <param name="Leader">The leader slots of the staked identity.</param>
/// <param name="MinimumIdle">The required length of a restart window; null for none.</param>
internal sealed record SlotReading(ulong Slot, TimeSpan Length, bool IsMeasured, EpochInfo Epoch, LeaderSchedule Leader, TimeSpan? MinimumIdle)
{
    public ulong? NextLeaderSlot => Leader.NextFrom(Slot);

    public (ulong First, ulong End)? NextWindow => MinimumIdle is { } idle ? Leader.FindFrom(Slot, (ulong)Math.Ceiling(idle / Length)) : null;

    /// <summary>Whether a window with this end ends only because later slots are unknown.</summary>
    public bool MayBeLonger(ulong end) => end == Leader.End;

    public TimeSpan Until(ulong slot) => slot > Slot ? Length * (slot - Slot) : TimeSpan.Zero;

    public string Clock => string.Create(CultureInfo.InvariantCulture, $"{Slot} of epoch {Epoch.Epoch} ({100.0 * Math.Min(Slot - Epoch.FirstSlot, Epoch.SlotsInEpoch) / Epoch.SlotsInEpoch:0.0} %), {(IsMeasured ? "" : "about ")}{Length.TotalMilliseconds:0} ms a slot");

    public string Leads => NextLeaderSlot == Slot ? "now" : NextLeaderSlot is { } next ? string.Create(CultureInfo.InvariantCulture, $"next at slot {next}, in {DurationText.Of(Until(next))}") : "in no slot that is known";

    public string Window
    {
        get
        {
            if (MinimumIdle is not { } idle)
            {
                return "not asked for";
            }

            if (NextWindow is not { } window)
            {
                return $"none of {DurationText.Of(idle)} or longer is known";
            }

            var length = $"{(MayBeLonger(window.End) ? "at least " : "")}{DurationText.Of(Length * (window.End - window.First))}";
            return window.First <= Slot ? $"open now, for {length}" : $"opens in {DurationText.Of(Until(window.First))}, for {length}";
        }
    }
}
