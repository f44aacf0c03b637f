namespace Tachyon.Failover.RestartWindows;

/// <summary>Consecutive slots in which an identity does not lead.</summary>
public readonly record struct RestartWindow
{
    /// <summary>The first slot.</summary>
    public required ulong FirstSlot { get; init; }

    /// <summary>The slot after the last: a leader slot of the identity, or the first unknown slot.</summary>
    public required ulong EndSlot { get; init; }

    /// <summary>Whether it ends only because later slots are unknown; it may be longer.</summary>
    public bool EndsUnknown { get; init; }

    /// <summary>The number of slots.</summary>
    /// <value>At least 1.</value>
    public ulong Slots => EndSlot - FirstSlot;
}
