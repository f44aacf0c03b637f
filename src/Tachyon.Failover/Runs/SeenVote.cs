namespace Tachyon.Failover.Runs;

/// <summary>A vote from a tower stream.</summary>
/// <param name="Slot">The slot voted for.</param>
/// <param name="Timestamp">When the tower arrived, as a timestamp of the run's <see cref="TimeProvider"/>.</param>
internal sealed record SeenVote(ulong Slot, long Timestamp);
