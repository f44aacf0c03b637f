namespace Tachyon.Failover.Testing.Simulation.Votes;

/// <summary>A vote as the vote account holds it.</summary>
/// <param name="Slot">The slot voted for.</param>
/// <param name="ConfirmationCount">The vote's confirmation count in the stack.</param>
/// <param name="Latency">How many slots after its own it landed. It determines the credits.</param>
internal readonly record struct LandedVote(ulong Slot, int ConfirmationCount, int Latency);
