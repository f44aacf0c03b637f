namespace Tachyon.Failover.Towers;

/// <summary>One vote of a tower.</summary>
/// <param name="Slot">The slot voted for.</param>
/// <param name="ConfirmationCount">How many votes stand on it, itself included: 1 to 31. It locks for 2 to that power slots.</param>
public readonly record struct TowerVote(ulong Slot, int ConfirmationCount);
