using Tachyon.Failover.Reports;

namespace Tachyon.Failover;

/// <summary>A task for the operator that the coordinator could not do.</summary>
public sealed record OperatorAction
{
    /// <summary>The node on which to do it.</summary>
    public required string Node { get; init; }

    /// <summary>The reason.</summary>
    public required string Reason { get; init; }

    /// <summary>The command, ready to be pasted into a shell of the node; null if the operator must check something first.</summary>
    public string? Command { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Command is null ? $"on {Node}: {ReportText.OnOneLine(Reason)}" : $"on {Node}: {Command}    # {ReportText.OnOneLine(Reason)}";
}
