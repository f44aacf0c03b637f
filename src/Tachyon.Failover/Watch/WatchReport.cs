namespace Tachyon.Failover.Watch;

/// <summary>What a watch has seen besides: facts for a person, on which nothing is decided. Immutable.</summary>
public sealed record WatchReport
{
    /// <summary>What the witnesses said.</summary>
    public required IReadOnlyList<WitnessLook> Witnesses { get; init; }

    /// <summary>What the staked identity holds; null if nobody said.</summary>
    /// <value>Lamports.</value>
    public ulong? Balance { get; init; }

    /// <summary>Whether a witness counts the validator as delinquent; null if none said.</summary>
    public bool? IsDelinquent { get; init; }

    /// <summary>Whether the active node's own RPC says that it is healthy; null if it does not answer.</summary>
    public bool? IsNodeHealthy { get; init; }

    /// <summary>How many slots the active node's own RPC is behind the newest witness; null if either does not say.</summary>
    public ulong? NodeSlotsBehind { get; init; }

    /// <summary>Whether the active node's shell gives its towers; null if they are not kept.</summary>
    public bool? ShellAnswers { get; init; }

    /// <summary>Which ports of the active node answer, by name; null if they were not tried, which is done only while no votes land.</summary>
    public IReadOnlyList<string>? OpenPorts { get; init; }

    /// <summary>The newest vote in the newest tower that was kept of it; null if none was.</summary>
    public ulong? ShadowSlot { get; init; }

    /// <summary>How many slots the newest witness is ahead of that; null if either is not known.</summary>
    public ulong? ShadowAgeInSlots { get; init; }

    /// <summary>The newest vote in the tower that is staged on the inactive node; null if none is.</summary>
    public ulong? StoredSlot { get; init; }

    /// <summary>What a person should look at, though votes land: a sentence each.</summary>
    public required IReadOnlyList<string> Concerns { get; init; }
}
