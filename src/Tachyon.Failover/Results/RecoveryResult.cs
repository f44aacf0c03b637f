using System.Text;
using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>How a recovery ended: the diagnosis, the steps, where the identity is, and what an operator must do. Immutable.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class RecoveryResult : IJsonReport
{
    internal RecoveryResult()
    {
    }

    /// <summary>The run id.</summary>
    public RunId RunId { get; internal set; }

    /// <summary>The staked identity of the pair.</summary>
    public Pubkey StakedIdentity { get; internal set; } = null!;

    /// <summary>When the recovery began, by the coordinator's clock, in UTC.</summary>
    public DateTimeOffset StartedAt { get; internal set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; internal set; }

    /// <summary>How it ended.</summary>
    public RecoveryOutcome Outcome { get; internal set; }

    /// <summary>Where the staked identity is now, as far as is known.</summary>
    public IdentityLocation IdentityAt { get; internal set; }

    /// <summary>The diagnosis before any change.</summary>
    public PairDiagnosis Diagnosis { get; internal set; } = null!;

    /// <summary>The first failure, or why nothing was done, in a sentence; null if there is neither.</summary>
    public string? Reason { get; internal set; }

    /// <summary>The result of each step, in the order in which they ended.</summary>
    public IReadOnlyList<StepReport> Steps { get; internal set; } = null!;

    /// <summary>What a takeover has left on a node and is still pending there; empty if nothing is.</summary>
    public IReadOnlyList<FailoverNote> PendingDemotions { get; internal set; } = [];

    /// <summary>What an operator must do; empty if nothing.</summary>
    public IReadOnlyList<OperatorAction> OperatorActions { get; internal set; } = null!;

    /// <summary>What an operator should know without having to act: a tower moved aside.</summary>
    public IReadOnlyList<FailoverNote> Notes { get; internal set; } = null!;

    /// <summary>
    /// The result as JSON, with or without line breaks: one object with <c>version</c>, <c>runId</c>, <c>stakedIdentity</c>, <c>outcome</c> (<c>recovered</c>, <c>nothingToDo</c>, <c>refused</c>,
    /// <c>indeterminate</c>), <c>identityAt</c>, <c>startedAt</c>, <c>elapsedMilliseconds</c>, <c>reason</c>, <c>pendingDemotions</c>, <c>operatorActions</c>, <c>notes</c>, <c>steps</c>, all as in
    /// <see cref="FailoverResult.ToJson"/>, and <c>diagnosis</c>, which is what <see cref="PairDiagnosis.ToJson"/> gives. docs/json.md has an example.
    /// </summary>
    public string ToJson(bool indented = true) => IJsonReport.Text(this, indented);

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("version", FailoverResult.JsonVersion)
        .Add("runId", RunId)
        .Add("stakedIdentity", StakedIdentity)
        .Add("outcome", Outcome)
        .Add("identityAt", IdentityAt)
        .Add("startedAt", StartedAt)
        .Add("elapsedMilliseconds", Elapsed)
        .Add("reason", Reason)
        .Add("pendingDemotions", PendingDemotions)
        .Add("operatorActions", OperatorActions)
        .Add("notes", Notes)
        .Add("steps", Steps)
        .Add("diagnosis", Diagnosis);

    /// <summary>The result as a few lines of text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{(Outcome == RecoveryOutcome.NothingToDo ? "There was nothing to do" : Outcome)}. {ReportText.Place(IdentityAt, Diagnosis.Source.Name, Diagnosis.Target.Name)}");
        text.AppendLine().Append($"Recovery {RunId} of {StakedIdentity} on {Diagnosis.Source.Name} and {Diagnosis.Target.Name}, began {ReportText.Moment(StartedAt)} and took {ReportText.Duration(Elapsed)}.");
        text.AppendLine().Append($"Found: {Diagnosis.State}: {Diagnosis.Reason}");
        foreach (var run in Diagnosis.Interrupted)
        {
            text.AppendLine().Append($"Interrupted: {run}");
        }

        if (Reason is not null)
        {
            text.AppendLine().Append($"Reason: {ReportText.OnOneLine(Reason)}");
        }

        return text.AppendPending(PendingDemotions).AppendNotes(Notes, OperatorActions, "To do").ToString();
    }
}
