namespace Tachyon.Failover;

/// <summary>The JSON form of a call's result.</summary>
internal sealed record CallDocument(string Outcome, string? Failure, string? Detail)
{
    public static CallDocument Of(CallResult call) =>
        new(ReportJson.Word(call.Outcome), call.Failure == CallFailure.None ? null : ReportJson.Word(call.Failure), call.Detail);
}
