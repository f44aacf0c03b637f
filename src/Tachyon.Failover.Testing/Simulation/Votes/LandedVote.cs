namespace Tachyon.Failover.Testing.Simulation.Votes;

/// <summary>A vote as the vote account holds it.</summary>
/// <param name="Slot">The slot voted for.</param>
/// <param name="ConfirmationCount">How many votes stand on it.</param>
/// <param name="Latency">How many slots after its own it landed; credits hang on it.</param>
internal readonly record struct LandedVote(ulong Slot, int ConfirmationCount, int Latency);
