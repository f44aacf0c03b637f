using Tachyon.Failover.Reports;

namespace Tachyon.Failover;

/// <summary>Something that a person must do, since the coordinator could not.</summary>
public sealed record FollowUp
{
    /// <summary>The node on which it is to be done.</summary>
    public required string Node { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The command, ready to be pasted into a shell of the node; null where a person must look first.</summary>
    public string? Command { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Command is null ? $"on {Node}: {ReportText.OnOneLine(Reason)}" : $"on {Node}: {Command}    # {ReportText.OnOneLine(Reason)}";
}
