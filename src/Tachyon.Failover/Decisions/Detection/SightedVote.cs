namespace Tachyon.Failover.Decisions;

/// <summary>A landed vote, as a witness reported it.</summary>
/// <param name="Slot">The slot of the vote.</param>
/// <param name="After">The send time of the last request without this vote; for the first answer, its own send time. Use it to count silence early.</param>
/// <param name="By">The time of the answer with this vote. Use it to count silence late.</param>
internal sealed record SightedVote(ulong Slot, TimeSpan After, TimeSpan By);
