namespace Tachyon.Failover;

/// <summary>The JSON form of a call's result.</summary>
internal sealed record CallDocument(string Outcome, string? Failure, string? Detail)
{
    public static CallDocument Of(CallResult call) =>
        new(IJsonReport.Word(call.Outcome), call.Failure == CallFailure.None ? null : IJsonReport.Word(call.Failure), call.Detail);
}
