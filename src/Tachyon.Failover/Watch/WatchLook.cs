namespace Tachyon.Failover.Watch;

/// <summary>One look at the cluster and at the active node. Immutable.</summary>
public sealed record WatchLook
{
    /// <summary>When the witnesses were asked, on a clock that only goes forward. What they said is not older than that.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>What the witnesses said. Each counts as independent of the others: two names of one node are one witness.</summary>
    public required IReadOnlyList<WitnessLook> Witnesses { get; init; }

    /// <summary>What the staked identity holds, from which it pays for its votes; null if it is not known.</summary>
    /// <value>Lamports.</value>
    public ulong? Balance { get; init; }

    /// <summary>Why nobody is to act on what is seen: an announced restart, a takeover that has just been; null if there is no reason.</summary>
    public string? Veto { get; init; }
}
