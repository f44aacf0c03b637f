namespace Tachyon.Failover.Towers;

/// <summary>One vote of a tower.</summary>
/// <param name="Slot">The slot voted for.</param>
/// <param name="ConfirmationCount">How many votes stand on it, itself included: 1 to 31. It locks for 2 to that power slots.</param>
public readonly record struct TowerVote(ulong Slot, int ConfirmationCount)
{
    /// <summary>
    /// The last slot that this vote locks out: until then only descendants of <see cref="Slot"/> may be voted for. A vote for a
    /// later slot removes this one from the tower if it does not build on it.
    /// </summary>
    public ulong LastLockedSlot
    {
        get
        {
            var lockout = 1UL << ConfirmationCount;
            return Slot > ulong.MaxValue - lockout ? ulong.MaxValue : Slot + lockout;
        }
    }
}
