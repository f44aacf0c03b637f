namespace Tachyon.Failover.RestartWindows;

/// <summary>Consecutive slots in which an identity does not lead.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class RestartWindow
{
    public RestartWindow(ulong firstSlot, ulong endSlot, bool endsUnknown = false) => (FirstSlot, EndSlot, EndsUnknown) = (firstSlot, endSlot, endsUnknown);

    /// <summary>The first slot.</summary>
    public ulong FirstSlot { get; }

    /// <summary>The slot after the last: a leader slot of the identity, or the first unknown slot.</summary>
    public ulong EndSlot { get; }

    /// <summary>Whether it ends only because later slots are unknown; it may be longer.</summary>
    public bool EndsUnknown { get; }

    /// <summary>The number of slots.</summary>
    /// <value>At least 1.</value>
    public ulong Slots => EndSlot - FirstSlot;
}
