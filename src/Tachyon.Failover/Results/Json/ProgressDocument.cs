namespace Tachyon.Failover;

/// <summary>The JSON form of a progress report.</summary>
internal sealed record ProgressDocument(string Step, string? Node, CallDocument? Result, double ElapsedMilliseconds, double SinceStartMilliseconds, string? Note)
{
    public static ProgressDocument Of(FailoverProgress report) => new(
        IJsonReport.Word(report.Step),
        report.Node,
        report.Result is { } result ? CallDocument.Of(result) : null,
        IJsonReport.Milliseconds(report.Elapsed),
        IJsonReport.Milliseconds(report.SinceStart),
        report.Note);
}
