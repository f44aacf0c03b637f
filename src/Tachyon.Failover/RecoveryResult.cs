using System.Text;
using System.Text.Json;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Reports;

namespace Tachyon.Failover;

/// <summary>How a recovery ended: the diagnosis, the steps, where the identity is, and what an operator must do. Immutable.</summary>
public sealed record RecoveryResult
{
    /// <summary>The version of the JSON of <see cref="ToJson"/>. Members may be added under one version; none is removed or changes its meaning.</summary>
    public const int JsonVersion = 1;

    /// <summary>The run id.</summary>
    public required string RunId { get; init; }

    /// <summary>The staked identity of the pair.</summary>
    public required Pubkey StakedIdentity { get; init; }

    /// <summary>When the recovery began, by the coordinator's clock, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How it ended.</summary>
    public required RecoveryOutcome Outcome { get; init; }

    /// <summary>Where the staked identity is now, as far as is known.</summary>
    public required IdentityLocation IdentityAt { get; init; }

    /// <summary>The diagnosis before any change.</summary>
    public required PairDiagnosis Diagnosis { get; init; }

    /// <summary>The first failure, or why nothing was done, in a sentence; null if there is neither.</summary>
    public string? Reason { get; init; }

    /// <summary>The result of each step, in the order in which they ended.</summary>
    public required IReadOnlyList<StepReport> Steps { get; init; }

    /// <summary>What a takeover has left on a node and is still owed there, a sentence each; empty if nothing is.</summary>
    public IReadOnlyList<string> PendingDemotions { get; init; } = [];

    /// <summary>What an operator must do; empty if nothing.</summary>
    public required IReadOnlyList<OperatorAction> OperatorActions { get; init; }

    /// <summary>What an operator should know without having to act: a tower moved aside.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>
    /// The result as JSON: one object with <c>version</c>, <c>recovery</c>, <c>stakedIdentity</c>, <c>outcome</c> (<c>recovered</c>, <c>nothingToDo</c>, <c>refused</c>,
    /// <c>indeterminate</c>), <c>identityAt</c>, <c>startedAt</c>, <c>elapsedMilliseconds</c>, <c>reason</c>, <c>owed</c>, <c>followUps</c>, <c>notes</c>, <c>steps</c>, all as in
    /// <see cref="FailoverResult.ToJson"/>, and <c>diagnosis</c>, which is what <see cref="PairDiagnosis.ToJson"/> gives. docs/json.md has an example.
    /// </summary>
    public string ToJson() => JsonSerializer.Serialize(RecoveryResultDocument.Of(this), ReportJson.Default.RecoveryResultDocument);

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

        foreach (var owed in PendingDemotions)
        {
            text.AppendLine().Append($"Owed: {ReportText.OnOneLine(owed)}");
        }

        return text.AppendNotes(Notes, OperatorActions, "To do").ToString();
    }
}
