namespace Tachyon.Failover.Watch;

/// <summary>Further observations of a watch, for the operator. No decision depends on them. Immutable.</summary>
public sealed record MonitorDetails
{
    /// <summary>The answers of the witnesses.</summary>
    public required IReadOnlyList<WitnessReading> Witnesses { get; init; }

    /// <summary>The balance of the staked identity; null if unknown.</summary>
    /// <value>Lamports.</value>
    public ulong? Balance { get; init; }

    /// <summary>Whether a witness counts the validator as delinquent; null if unknown.</summary>
    public bool? IsDelinquent { get; init; }

    /// <summary>Whether the active node's own RPC reports that it is healthy; null if it does not answer.</summary>
    public bool? IsNodeHealthy { get; init; }

    /// <summary>How many slots the active node's own RPC is behind the newest witness; null if either is unknown.</summary>
    public ulong? NodeSlotsBehind { get; init; }

    /// <summary>Whether the active node's shell delivers its towers; null if no tower copy is kept.</summary>
    public bool? ShellAnswers { get; init; }

    /// <summary>Which ports of the active node answer, by name; null if they were not tried. They are tried only while no votes land.</summary>
    public IReadOnlyList<string>? OpenPorts { get; init; }

    /// <summary>The newest vote in the tower copy; null if there is none.</summary>
    public ulong? TowerCopySlot { get; init; }

    /// <summary>How many slots the newest witness is ahead of that; null if either is unknown.</summary>
    public ulong? TowerCopyAgeInSlots { get; init; }

    /// <summary>The newest vote in the tower copy on the inactive node; null if there is none.</summary>
    public ulong? StoredSlot { get; init; }

    /// <summary>What an operator should check, even if votes land: a sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
