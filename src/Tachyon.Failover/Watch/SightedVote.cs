namespace Tachyon.Failover.Watch;

/// <summary>A landed vote, as a witness has shown it.</summary>
/// <param name="Slot">The slot that it is for.</param>
/// <param name="After">When the witness had been asked the last time without showing it; the first time, when it was asked. Whoever counts silence so as to be early counts from here.</param>
/// <param name="By">When it had been shown. Whoever counts silence so as to be late counts from here.</param>
internal sealed record SightedVote(ulong Slot, TimeSpan After, TimeSpan By);
