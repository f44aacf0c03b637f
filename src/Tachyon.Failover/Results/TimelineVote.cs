namespace Tachyon.Failover;

/// <summary>A saved vote that a run has seen. Immutable.</summary>
internal sealed record TimelineVote : IJsonReport
{
    /// <summary>The node that saved it.</summary>
    public required NodeSide Node { get; init; }

    /// <summary>The slot voted for.</summary>
    public required ulong Slot { get; init; }

    /// <summary>When its tower arrived at the coordinator, since the start of the run. The node saved it one trip earlier.</summary>
    public required TimeSpan At { get; init; }

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("node", Node)
        .Add("slot", Slot)
        .Add("atMilliseconds", At);
}
