using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>Further observations of a monitor, for the operator. No decision depends on them. Immutable.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class MonitorDetails : IJsonReport
{
    internal MonitorDetails()
    {
    }

    /// <summary>The answers of the witnesses.</summary>
    public IReadOnlyList<WitnessReading> Witnesses { get; internal set; } = null!;

    /// <summary>The balance of the staked identity; null if unknown.</summary>
    /// <value>Lamports.</value>
    public ulong? Balance { get; internal set; }

    /// <summary>Whether a witness counts the validator as delinquent; null if unknown.</summary>
    public bool? IsDelinquent { get; internal set; }

    /// <summary>Whether the active node's own RPC reports that it is healthy; null if it does not answer.</summary>
    public bool? IsNodeHealthy { get; internal set; }

    /// <summary>How many slots the active node's own RPC is behind the newest witness; null if either is unknown.</summary>
    public ulong? NodeSlotsBehind { get; internal set; }

    /// <summary>Whether the active node's shell delivers its towers; null if no tower copy is kept.</summary>
    public bool? ShellAnswers { get; internal set; }

    /// <summary>Which ports of the active node answer, by name; null if they were not tried. They are tried only while no votes land.</summary>
    public IReadOnlyList<string>? OpenPorts { get; internal set; }

    /// <summary>The newest vote in the tower copy; null if there is none.</summary>
    public ulong? TowerCopySlot { get; internal set; }

    /// <summary>How many slots the newest witness is ahead of that; null if either is unknown.</summary>
    public ulong? TowerCopyAgeInSlots { get; internal set; }

    /// <summary>The newest vote in the tower copy on the inactive node; null if there is none.</summary>
    public ulong? StoredSlot { get; internal set; }

    /// <summary>What an operator should check, even if votes land.</summary>
    public IReadOnlyList<FailoverNote> Warnings { get; internal set; } = null!;

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("witnesses", Witnesses)
        .Add("balance", Balance)
        .Add("isDelinquent", IsDelinquent)
        .Add("isNodeHealthy", IsNodeHealthy)
        .Add("nodeSlotsBehind", NodeSlotsBehind)
        .Add("shellAnswers", ShellAnswers)
        .Add("openPorts", OpenPorts)
        .Add("towerCopySlot", TowerCopySlot)
        .Add("towerCopyAgeInSlots", TowerCopyAgeInSlots)
        .Add("storedSlot", StoredSlot)
        .Add("warnings", Warnings);
}
