namespace Tachyon.Failover.Watchdog.Events;

/// <summary>Something that a person, or a program of theirs, may want to hear of. Immutable; nothing in it is a secret.</summary>
internal sealed record WatchdogEvent
{
    /// <summary>What happened, in words with hyphens: names are only added to.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The node that is watched as the active one, or the one that was lost.</summary>
    public string? Source { get; init; }

    public string? Target { get; init; }

    /// <summary>What the watch thinks of the validator, or what the guard is at.</summary>
    public string? State { get; init; }

    /// <summary>How a takeover or a recovery ended.</summary>
    public string? Outcome { get; init; }

    /// <summary>The grade of the evidence.</summary>
    public string? Evidence { get; init; }

    /// <summary>Why, for a person.</summary>
    public string? Reason { get; init; }

    /// <summary>What would raise the evidence, or what is owed.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Whether a person should look soon.</summary>
    public bool IsUrgent { get; init; }
}
