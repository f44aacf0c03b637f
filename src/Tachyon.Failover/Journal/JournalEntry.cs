namespace Tachyon.Failover.Journal;

/// <summary>One line of the journal.</summary>
public sealed record JournalEntry
{
    /// <summary>When, in UTC, by the coordinator's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Which switchover: the same in all of its entries, and of no other.</summary>
    public required string Switchover { get; init; }

    /// <summary>What the entry says.</summary>
    public required JournalEvent Event { get; init; }

    /// <summary>The step that was intended or has ended; null for an entry about the switchover as a whole.</summary>
    public string? Step { get; init; }

    /// <summary>What came of it, in words for a person; null when there is nothing to add. Never holds a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>The base58 pubkey of the staked identity; null before it is known.</summary>
    public string? StakedIdentity { get; init; }

    /// <summary>The name of the node that gives the identity away.</summary>
    public string? Source { get; init; }

    /// <summary>The name of the node that takes it.</summary>
    public string? Target { get; init; }
}
