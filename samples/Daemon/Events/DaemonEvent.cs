namespace Tachyon.Failover.Daemon.Events;

/// <summary>An event for the operator, or for a program of the operator's. Immutable; contains no secret.</summary>
internal sealed record DaemonEvent
{
    /// <summary>The event's name, in words with hyphens. Names are only added to.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The node that is monitored as the active one, or that was lost.</summary>
    public string? Source { get; init; }

    public string? Target { get; init; }

    /// <summary>The monitor's verdict on the validator, or the guard's state.</summary>
    public string? State { get; init; }

    /// <summary>The outcome of a takeover or a recovery.</summary>
    public string? Outcome { get; init; }

    /// <summary>The grade of the evidence.</summary>
    public string? Evidence { get; init; }

    /// <summary>The reason, for people.</summary>
    public string? Reason { get; init; }

    /// <summary>What would raise the evidence, or which demotions are pending.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Whether the operator should check soon.</summary>
    public bool IsUrgent { get; init; }
}
