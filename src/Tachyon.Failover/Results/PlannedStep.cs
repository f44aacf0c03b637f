using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>A step of a planned switchover.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class PlannedStep : IJsonReport
{
    internal PlannedStep()
    {
    }

    /// <summary>The step.</summary>
    public FailoverStep Step { get; internal init; }

    /// <summary>The node on which it would run.</summary>
    public string Node { get; internal init; } = null!;

    /// <summary>The command with which an operator would do the same.</summary>
    public string Command { get; internal init; } = null!;

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("step", Step)
        .Add("node", Node)
        .Add("command", Command);

    /// <inheritdoc/>
    public override string ToString() => $"{(int)Step,2} {Step} on {Node}: {Command}";
}
