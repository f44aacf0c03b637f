namespace Tachyon.Failover.Decisions;

/// <summary>The result of a monitor's newest reading, as far as a takeover needs it.</summary>
internal sealed record MonitorView
{
    /// <summary>How many witnesses were asked.</summary>
    public int Witnesses { get; init; }

    /// <summary>How many of them, with advancing slots of their own, have seen no vote land for <see cref="DetectionRules.LostSlots"/>.</summary>
    public int SilentWitnesses { get; init; }

    /// <summary>How long no new vote has been seen to land while enough witnesses kept advancing.</summary>
    public TimeSpan Silence { get; init; }

    /// <summary>The newest slot of all witnesses; null if unknown.</summary>
    public ulong? Slot { get; init; }

    /// <summary>The newest slot with a landed vote that any believed witness has ever reported; null if unknown.</summary>
    public ulong? LastVote { get; init; }

    /// <summary>Why the silence is unknown, for example a halted cluster; null if it is known.</summary>
    public string? UnknownReason { get; init; } = "nothing was read yet";
}
