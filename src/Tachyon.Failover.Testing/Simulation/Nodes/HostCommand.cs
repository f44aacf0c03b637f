namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>A script of the conversation, for a node to execute.</summary>
internal sealed record HostCommand
{
    /// <summary>The call, for the plan of faults and for people.</summary>
    public required NodeCall Call { get; init; }

    /// <summary>The time until it acts: the start of a shell or a program.</summary>
    public required TimeSpan Starts { get; init; }

    /// <summary>Acts, and answers at once or later.</summary>
    public required Action<HostTurn> Act { get; init; }

    /// <summary>How long the validator holds the call before it executes it, even if the sender is gone. The call dies with the process.</summary>
    public TimeSpan HangsInValidator { get; init; }

    /// <summary>The limit at which the node itself ends the program. The validator may still execute the call. Null for none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>After this time the node does not begin with it; null for no limit.</summary>
    public DateTimeOffset? BeginsBefore { get; init; }
}
