using System.Text.Json.Serialization;
using Tachyon.Failover.Decisions;

namespace Tachyon.Failover;

/// <summary>A step of a planned switchover.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class PlannedStep : IJsonReport
{
    internal PlannedStep()
    {
    }

    /// <summary>The name of the step, such as <c>DemoteSource</c>: as in the journal, in logs and in spans. JSON begins it with a small letter. A name never changes.</summary>
    public string Step => StepCode.ToString();

    /// <summary>How far a run is that executes this step.</summary>
    public FailoverPhase Phase => StepTable.Of(StepCode).Phase;

    internal FailoverStep StepCode { get; init; }

    /// <summary>The node on which it would run.</summary>
    public string Node { get; internal init; } = null!;

    /// <summary>The command with which an operator would do the same.</summary>
    public string Command { get; internal init; } = null!;

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("step", StepCode)
        .Add("node", Node)
        .Add("command", Command);

    /// <inheritdoc/>
    public override string ToString() => $"{(int)StepCode,2} {Step} on {Node}: {Command}";
}
