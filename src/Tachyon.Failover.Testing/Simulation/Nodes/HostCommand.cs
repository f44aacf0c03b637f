namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>Something that a node is asked to do: a script in the conversation.</summary>
internal sealed record HostCommand
{
    /// <summary>What it is, for the plan of faults and for people.</summary>
    public required NodeCall Call { get; init; }

    /// <summary>How long it takes until it acts: starting a shell or a program.</summary>
    public required TimeSpan Starts { get; init; }

    /// <summary>Acts, and answers at once or later.</summary>
    public required Action<HostTurn> Act { get; init; }

    /// <summary>For how long the validator holds the call before it carries it out, whatever becomes of who sent it; it dies with the process.</summary>
    public TimeSpan HangsInValidator { get; init; }

    /// <summary>The limit at which the node itself ends the program, which says nothing of what the validator does with its call; null for none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>When the node does not begin with it any more; null if it always does.</summary>
    public DateTimeOffset? BeginsBefore { get; init; }
}
