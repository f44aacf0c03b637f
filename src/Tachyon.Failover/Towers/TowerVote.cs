namespace Tachyon.Failover.Towers;

/// <summary>One vote of a tower.</summary>
/// <param name="Slot">The slot voted for.</param>
/// <param name="ConfirmationCount">The number of votes on top of it, itself included: 1 to 31. Its lockout is 2 to that power slots.</param>
public readonly record struct TowerVote(ulong Slot, int ConfirmationCount)
{
    /// <summary>
    /// The last slot that this vote locks out: until then only descendants of <see cref="Slot"/> may be voted for. A vote for a
    /// later slot on another fork removes this one from the tower.
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
