namespace Tachyon.Failover;

/// <summary>A saved vote that a run has seen. Immutable.</summary>
public sealed class TimelineVote
{
    internal TimelineVote()
    {
    }

    /// <summary>The node that saved it.</summary>
    public NodeSide Node { get; internal init; }

    /// <summary>The slot voted for.</summary>
    public ulong Slot { get; internal init; }

    /// <summary>When its tower arrived at the coordinator, since the start of the run. The node saved it one trip earlier.</summary>
    public TimeSpan At { get; internal init; }
}
