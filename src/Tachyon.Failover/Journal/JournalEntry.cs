namespace Tachyon.Failover.Journal;

/// <summary>One line of the journal. What a later run goes by stands in members of its own; <see cref="Detail"/> is for a person, and nothing is decided by it.</summary>
public sealed record JournalEntry
{
    /// <summary>When, in UTC, by the coordinator's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Which switchover: the same in all of its entries, and of no other.</summary>
    public required string Switchover { get; init; }

    /// <summary>What the entry says.</summary>
    public required JournalEvent Event { get; init; }

    /// <summary>What the run does, in the entry that begins it; null in all others.</summary>
    public RunKind? Kind { get; init; }

    /// <summary>The step that was intended or has ended; null for an entry about the switchover as a whole.</summary>
    public string? Step { get; init; }

    /// <summary>How the run ended, in the entry that ends it; null in all others.</summary>
    public SwitchoverOutcome? Outcome { get; init; }

    /// <summary>Where the identity was at the end, in the entry that ends the run; null in all others.</summary>
    public IdentityLocation? IdentityAt { get; init; }

    /// <summary>Which of the two nodes is settled, in an entry that says so; null in all others.</summary>
    public NodeSide? Settled { get; init; }

    /// <summary>What came of it, in words for a person; null when there is nothing to add. Never holds a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>The base58 pubkey of the staked identity; null before it is known.</summary>
    public string? StakedIdentity { get; init; }

    /// <summary>The name of the node that gives the identity away.</summary>
    public string? Source { get; init; }

    /// <summary>The base58 pubkey of that node's unstaked identity, by which it is known under any name; null if it could not be read.</summary>
    public string? SourceUnstaked { get; init; }

    /// <summary>The name of the node that takes it.</summary>
    public string? Target { get; init; }

    /// <summary>The base58 pubkey of that node's unstaked identity, by which it is known under any name; null if it could not be read.</summary>
    public string? TargetUnstaked { get; init; }
}
