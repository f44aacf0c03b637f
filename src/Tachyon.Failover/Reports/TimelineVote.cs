namespace Tachyon.Failover.Reports;

/// <summary>A vote that a run saw a node save. Immutable.</summary>
public sealed record TimelineVote
{
    /// <summary>The node that saved it.</summary>
    public required NodeSide Node { get; init; }

    /// <summary>The slot voted for.</summary>
    public required ulong Slot { get; init; }

    /// <summary>When its tower arrived at the coordinator, counted from the start of the run. The node saved it a one-way trip before.</summary>
    public required TimeSpan At { get; init; }
}
