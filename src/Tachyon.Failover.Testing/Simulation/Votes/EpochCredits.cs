namespace Tachyon.Failover.Testing.Simulation.Votes;

/// <summary>Credits of a vote account up to an epoch.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Credits">All credits ever earned by its end.</param>
/// <param name="Previous">All credits ever earned before it.</param>
internal readonly record struct EpochCredits(ulong Epoch, ulong Credits, ulong Previous);
