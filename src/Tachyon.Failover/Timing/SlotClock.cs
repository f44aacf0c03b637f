namespace Tachyon.Failover.Timing;

/// <summary>When the next votes are to be expected, from those that were seen.</summary>
/// <param name="Newest">The newest vote that is expected to have been seen already, counted from now: zero or a time in the past.</param>
/// <param name="Slot">The length of a slot.</param>
internal sealed record SlotClock(TimeSpan Newest, TimeSpan Slot)
{
    /// <summary>So many slots are needed before their own length is believed and not the one that was given.</summary>
    private const ulong Enough = 8;

    /// <summary>Votes are some milliseconds early or late; so many of the newest tell the phase.</summary>
    private const int Averaged = 4;

    /// <summary>Reads the clock.</summary>
    /// <param name="votes">The votes' slots, and when each was seen, counted from now; ascending.</param>
    /// <param name="slot">The length of a slot if too few were seen to tell.</param>
    /// <returns>Null if no vote was seen, or none lately: a source that has stopped has no next vote.</returns>
    public static SlotClock? Read(IReadOnlyList<(ulong Slot, TimeSpan SeenAt)> votes, TimeSpan slot)
    {
        if (votes is not [.., var last] || last.SeenAt < -3 * slot)
        {
            return null;
        }

        var slots = last.Slot - votes[0].Slot;
        var length = slots >= Enough ? Kept((last.SeenAt - votes[0].SeenAt) / slots, slot) : slot;
        var newest = votes.TakeLast(Averaged).Average(vote => (vote.SeenAt + (length * (last.Slot - vote.Slot))).Ticks);
        return new SlotClock(TimeSpan.FromTicks((long)newest), length);
    }

    /// <summary>Votes that came in a burst, or with a gap, tell nothing of the cluster's pace: it stays near the slot that was given.</summary>
    private static TimeSpan Kept(TimeSpan seen, TimeSpan slot) => seen < slot / 2 ? slot / 2 : seen > 2 * slot ? 2 * slot : seen;

    /// <summary>When a vote is expected to be seen, counted from now.</summary>
    /// <param name="ahead">1 for the first one to come.</param>
    public TimeSpan VoteSeen(int ahead) => Newest + (Slot * (Math.Floor(-Newest / Slot) + ahead));
}
