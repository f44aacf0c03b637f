namespace Tachyon.Failover.Watch;

/// <summary>The verdict of a watch, and its reason. Immutable.</summary>
public sealed record MonitorVerdict
{
    /// <summary>The verdict.</summary>
    public required MonitorState State { get; init; }

    /// <summary>The reason, for the operator.</summary>
    public required string Reason { get; init; }

    /// <summary>The number of slots without a landed vote, according to the witness with the newest slot; null if unknown.</summary>
    public ulong? SilentSlots { get; init; }

    /// <summary>How long no new vote has been seen to land while enough witnesses kept advancing.</summary>
    public TimeSpan Silence { get; init; }

    /// <summary>Further observations; null before the first look.</summary>
    public MonitorDetails? Details { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{State}: {Reason}";
}
