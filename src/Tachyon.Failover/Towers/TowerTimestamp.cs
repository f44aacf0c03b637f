namespace Tachyon.Failover.Towers;

/// <summary>The wall-clock time that a validator assigned to a slot.</summary>
/// <param name="Slot">The slot. In a saved tower it is the vote before the newest: the time is taken before the newest vote is added.</param>
/// <param name="UnixSeconds">Seconds since 1970-01-01 UTC, by the validator's clock.</param>
public readonly record struct TowerTimestamp(ulong Slot, long UnixSeconds);
