namespace Tachyon.Failover.Watch;

/// <summary>The history of one witness. Pure.</summary>
internal sealed record WitnessHistory
{
    /// <summary>The newest slot that it has reported.</summary>
    public required ulong Slot { get; init; }

    /// <summary>The time of the first answer with this slot.</summary>
    public required TimeSpan AdvancedBy { get; init; }

    /// <summary>Send time of the request that first returned this slot. The node was still advancing after it. Unchanged when its slot goes backwards.</summary>
    public required TimeSpan AdvanceAsked { get; init; }

    /// <summary>Send time of the request of its last answer.</summary>
    public required TimeSpan Asked { get; init; }

    /// <summary>The newest landed vote that it has reported.</summary>
    public required SightedVote Vote { get; init; }

    /// <summary>The oldest vote that only this witness has reported; null if there is none.</summary>
    public ulong? Claim { get; init; }

    /// <summary>The history after one more answer.</summary>
    /// <param name="before">The history before; null if there is none.</param>
    /// <param name="slot">The slot in the answer.</param>
    /// <param name="vote">The newest landed vote in the answer.</param>
    /// <param name="asked">The send time of the request.</param>
    /// <param name="by">The time of the answer.</param>
    /// <param name="rules">When a witness counts as halted, and an answer as invalid.</param>
    public static WitnessHistory After(WitnessHistory? before, ulong slot, ulong vote, TimeSpan asked, TimeSpan by, DetectionRules rules)
    {
        // A witness that falls back so far was on another chain before, or gave an invalid answer. Its history starts again.
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
