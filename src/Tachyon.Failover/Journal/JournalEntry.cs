namespace Tachyon.Failover.Journal;

/// <summary>What one line of the journal says. Later runs read only the members; <see cref="Detail"/> is for the operator, and no decision depends on it.</summary>
internal sealed record JournalEntry
{
    /// <summary>The form of an entry that this version writes and reads.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The form of the entry. A journal with an entry of another form cannot be read, and nothing is moved.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The time, in UTC, by the coordinator's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The run id: the same in all entries of a run.</summary>
    public required RunId RunId { get; init; }

    /// <summary>The event.</summary>
    public required JournalEvent Event { get; init; }

    /// <summary>The kind of the run, in its first entry; null in all others.</summary>
    public RunKind? Kind { get; init; }

    /// <summary>The step that is intended or has ended; null for an entry about the whole run.</summary>
    public string? Step { get; init; }

    /// <summary>The outcome of the run, in its last entry; null in all others.</summary>
    public FailoverOutcome? Outcome { get; init; }

    /// <summary>Where the identity was at the end, in the last entry of the run; null in all others.</summary>
    public IdentityLocation? IdentityAt { get; init; }

    /// <summary>The node without a pending demotion, in an entry that records this; null in all others.</summary>
    public NodeSide? Demoted { get; init; }

    /// <summary>Text for the operator; null when there is none. Never holds a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>The base58 pubkey of the staked identity; null before it is known.</summary>
    public string? StakedIdentity { get; init; }

    /// <summary>The name of the node that loses the identity.</summary>
    public string? Source { get; init; }

    /// <summary>The base58 pubkey of that node's unstaked identity, which identifies it under any name; null if it could not be read.</summary>
    public string? SourceUnstaked { get; init; }

    /// <summary>The name of the node that gets it.</summary>
    public string? Target { get; init; }

    /// <summary>The base58 pubkey of that node's unstaked identity, which identifies it under any name; null if it could not be read.</summary>
    public string? TargetUnstaked { get; init; }
}
