namespace Tachyon.Failover.Decisions;

/// <summary>One reading of the cluster and the active node. Immutable.</summary>
internal sealed record MonitorReading
{
    /// <summary>When the witnesses were asked, on a monotonic clock. Their answers are not older than that.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>The answers of the witnesses. Each counts as independent of the others: two names of one node are one witness.</summary>
    public required IReadOnlyList<WitnessReading> Witnesses { get; init; }

    /// <summary>The balance of the staked identity, which pays for its votes; null if unknown.</summary>
    /// <value>Lamports.</value>
    public ulong? Balance { get; init; }

    /// <summary>Why no takeover may be started: an announced restart, or a recent takeover; null if there is no reason.</summary>
    public string? Veto { get; init; }
}
