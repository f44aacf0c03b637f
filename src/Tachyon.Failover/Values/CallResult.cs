using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>The result of a call that changes a host.</summary>
/// <remarks>Immutable.</remarks>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed record CallResult : IJsonReport
{
    private CallResult(CallOutcome outcome, CallFailure failure, string? detail)
    {
        Outcome = outcome;
        Failure = failure;
        Detail = detail is null ? null : ForeignText.Clean(detail);
    }

    /// <summary>Done, not done, or unknown.</summary>
    public CallOutcome Outcome { get; }

    /// <summary>The reason, <see cref="CallFailure.None"/> when done.</summary>
    public CallFailure Failure { get; }

    /// <summary>The host's own text, for the operator; null when there is none. One line of at most 4,000 characters, without characters of control or format: those are spaces.</summary>
    public string? Detail { get; }

    /// <summary>Whether the host answered that it is done.</summary>
    public bool IsDone => Outcome == CallOutcome.Done;

    /// <summary>A result for a call that the host confirmed.</summary>
    public static CallResult Done(string? detail = null) => new(CallOutcome.Done, CallFailure.None, detail);

    /// <summary>A result for a call that was certainly not done.</summary>
    public static CallResult NotDone(CallFailure failure, string? detail = null) => new(CallOutcome.NotDone, failure, detail);

    /// <summary>A result for a call whose outcome is unknown.</summary>
    public static CallResult Unknown(CallFailure failure, string? detail = null) => new(CallOutcome.Unknown, failure, detail);

    /// <summary>A successful read, for values whose type is an interface and therefore has no implicit conversion.</summary>
    internal static CallResult<T> Read<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return CallResult<T>.Of(value);
    }

    /// <summary>The failure; null if there is none.</summary>
    internal CallFailure? KnownFailure => Failure == CallFailure.None ? null : Failure;

    void IJsonReport.WriteTo(ReportWriter writer) => writer.Add("outcome", Outcome).Add("failure", KnownFailure).Add("detail", Detail);

    /// <inheritdoc/>
    public override string ToString() => Outcome switch
    {
        CallOutcome.Done => "done",
        CallOutcome.NotDone => $"not done ({Failure}){(Detail is null ? "" : ": " + Detail)}",
        _ => $"unknown ({Failure}){(Detail is null ? "" : ": " + Detail)}",
    };
}
