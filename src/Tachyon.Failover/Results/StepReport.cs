using System.Text.Json.Serialization;
using Tachyon.Failover.Decisions;

namespace Tachyon.Failover;

/// <summary>The report of one step of a run.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class StepReport : IJsonReport
{
    internal StepReport()
    {
    }

    /// <summary>The name of the step, such as <c>DemoteSource</c>: as in the journal, in logs and in spans. JSON begins it with a small letter. A name never changes.</summary>
    public string Step => StepCode.ToString();

    /// <summary>How far a run is that executes this step.</summary>
    public FailoverPhase Phase => StepTable.Of(StepCode).Phase;

    internal FailoverStep StepCode { get; set; }

    /// <summary>The name of the node on which it ran; null for a step on both.</summary>
    public string? Node { get; internal set; }

    /// <summary>Done, not done, or unknown, and why.</summary>
    public CallResult Result { get; internal set; } = null!;

    /// <summary>How often it was tried in a row with this result; 1 or more. The times cover all tries together.</summary>
    public int Tries { get; internal set; } = 1;

    /// <summary>How long it took, from the end of the previous step in its batch, or from its own start.</summary>
    public TimeSpan Elapsed { get; internal set; }

    /// <summary>When it was sent, since the start of the run. The steps of a batch are sent at once, in order.</summary>
    public TimeSpan SentAt { get; internal set; }

    /// <summary>When its answer arrived, since the start of the run.</summary>
    public TimeSpan EndedAt { get; internal set; }

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("step", StepCode)
        .Add("node", Node)
        .Add("outcome", Result.Outcome)
        .Add("failure", Result.KnownFailure)
        .Add("detail", Result.Detail)
        .Add("elapsedMilliseconds", Elapsed)
        .Add("sentAtMilliseconds", SentAt)
        .Add("endedAtMilliseconds", EndedAt)
        .Add("tries", Tries);

    /// <summary>The step as a line of text.</summary>
    public override string ToString() => $"{Step}{(Node is null ? "" : $" on {Node}")}: {ReportText.OnOneLine(Result.ToString())} ({ReportText.Duration(Elapsed)}{(Tries == 1 ? "" : $", {Tries} tries")})";

    /// <summary>Whether another report is about another try with the same result.</summary>
    internal bool IsSameAs(StepReport other) => !Result.IsDone && StepCode == other.StepCode && Node == other.Node && Result == other.Result;

    /// <summary>Combines both tries.</summary>
    internal StepReport With(StepReport next) => this.With(it => { it.Tries = Tries + next.Tries; it.Elapsed = next.EndedAt - (EndedAt - Elapsed); it.EndedAt = next.EndedAt; });
}
