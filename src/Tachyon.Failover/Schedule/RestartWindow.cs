namespace Tachyon.Failover.Schedule;

/// <summary>A stretch of slots in none of which an identity leads.</summary>
public readonly record struct RestartWindow
{
    /// <summary>The first of them.</summary>
    public required ulong FirstSlot { get; init; }

    /// <summary>The slot behind the last: a leader slot of the identity, or the first slot that nobody knows about yet.</summary>
    public required ulong EndSlot { get; init; }

    /// <summary>Whether it ends because the schedule is not known any further; it may go on.</summary>
    public bool EndsUnknown { get; init; }

    /// <summary>How many slots it has.</summary>
    /// <value>At least 1.</value>
    public ulong Slots => EndSlot - FirstSlot;
}
