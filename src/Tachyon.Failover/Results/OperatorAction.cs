using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>A task for the operator that the coordinator could not do.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class OperatorAction : IJsonReport
{
    internal OperatorAction()
    {
    }

    /// <summary>The node on which to do it.</summary>
    public string Node { get; internal init; } = null!;

    /// <summary>The reason.</summary>
    public string Reason { get; internal init; } = null!;

    /// <summary>The command, ready to be pasted into a shell of the node; null if the operator must check something first.</summary>
    public string? Command { get; internal init; }

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("node", Node)
        .Add("reason", Reason)
        .Add("command", Command);

    /// <inheritdoc/>
    public override string ToString() => Command is null ? $"on {Node}: {ReportText.OnOneLine(Reason)}" : $"on {Node}: {Command}    # {ReportText.OnOneLine(Reason)}";
}
