namespace Tachyon.Failover;

/// <summary>The JSON form of a step.</summary>
internal sealed record StepDocument(string Step, string? Node, string Outcome, string? Failure, string? Detail, double ElapsedMilliseconds, double SentAtMilliseconds, double EndedAtMilliseconds, int Tries)
{
    public static StepDocument Of(StepReport report)
    {
        var call = CallDocument.Of(report.Result);
        return new StepDocument(
            IJsonReport.Word(report.Step),
            report.Node,
            call.Outcome,
            call.Failure,
            call.Detail,
            IJsonReport.Milliseconds(report.Elapsed),
            IJsonReport.Milliseconds(report.SentAt),
            IJsonReport.Milliseconds(report.EndedAt),
            report.Tries);
    }
}
