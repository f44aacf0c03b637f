using Tachyon.Failover.Reports;

namespace Tachyon.Failover;

/// <summary>The report of one step of a run.</summary>
public sealed record StepReport
{
    /// <summary>The step.</summary>
    public required FailoverStep Step { get; init; }

    /// <summary>The name of the node on which it ran; null for a step on both.</summary>
    public string? Node { get; init; }

    /// <summary>Done, not done, or unknown, and why.</summary>
    public required CallResult Result { get; init; }

    /// <summary>How often it was tried in a row with this result; 1 or more. The times cover all tries together.</summary>
    public int Tries { get; init; } = 1;

    /// <summary>How long it took, from the end of the previous step in its batch, or from its own start.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>When it was sent, since the start of the run. The steps of a batch are sent at once, in order.</summary>
    public required TimeSpan SentAt { get; init; }

    /// <summary>When its answer arrived, since the start of the run.</summary>
    public required TimeSpan EndedAt { get; init; }

    /// <summary>The step as a line of text.</summary>
    public override string ToString() => $"{Step}{(Node is null ? "" : $" on {Node}")}: {ReportText.OnOneLine(Result.ToString())} ({ReportText.Duration(Elapsed)}{(Tries == 1 ? "" : $", {Tries} tries")})";

    /// <summary>Whether another report is about another try with the same result.</summary>
    internal bool IsSameAs(StepReport other) => !Result.IsDone && Step == other.Step && Node == other.Node && Result == other.Result;

    /// <summary>Combines both tries.</summary>
    internal StepReport With(StepReport next) => this with { Tries = Tries + next.Tries, Elapsed = next.EndedAt - (EndedAt - Elapsed), EndedAt = next.EndedAt };
}
