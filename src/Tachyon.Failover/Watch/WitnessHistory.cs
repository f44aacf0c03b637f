namespace Tachyon.Failover.Watch;

/// <summary>What is remembered of one witness. Pure.</summary>
internal sealed record WitnessHistory
{
    /// <summary>The newest slot that it has shown.</summary>
    public required ulong Slot { get; init; }

    /// <summary>When it had shown that.</summary>
    public required TimeSpan AdvancedBy { get; init; }

    /// <summary>When it was asked for that: it has gone on behind that time. One that falls back has not gone on with that.</summary>
    public required TimeSpan AdvanceAsked { get; init; }

    /// <summary>When it was asked for what it said last.</summary>
    public required TimeSpan Asked { get; init; }

    /// <summary>The newest landed vote that it has shown.</summary>
    public required SightedVote Vote { get; init; }

    /// <summary>The oldest vote that it has shown and no other witness has; null if there is none.</summary>
    public ulong? Claim { get; init; }

    /// <summary>What is remembered after it answered once more.</summary>
    /// <param name="before">What was remembered before; null if nothing was.</param>
    /// <param name="slot">The slot that it says.</param>
    /// <param name="vote">The newest landed vote that it says.</param>
    /// <param name="asked">When it was asked.</param>
    /// <param name="by">When it had answered.</param>
    /// <param name="rules">What counts as standing still, and as nonsense.</param>
    public static WitnessHistory After(WitnessHistory? before, ulong slot, ulong vote, TimeSpan asked, TimeSpan by, WatchRules rules)
    {
        // One that falls back so far was somewhere else before, or said nonsense: either way it begins anew.
        if (before is null || slot + (ulong)rules.LostSlots < before.Slot)
        {
            return new WitnessHistory { Slot = slot, AdvancedBy = by, AdvanceAsked = before?.AdvanceAsked ?? asked, Asked = asked, Vote = new SightedVote(vote, asked, by) };
        }

        var seen = before with { Asked = asked, Vote = vote > before.Vote.Slot ? new SightedVote(vote, before.Asked, by) : before.Vote };
        return slot <= before.Slot ? seen : seen with
        {
            Slot = slot,
            AdvancedBy = by,
            AdvanceAsked = asked,
        };
    }
}
