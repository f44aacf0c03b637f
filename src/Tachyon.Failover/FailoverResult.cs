using System.Text;
using System.Text.Json.Serialization;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover;

/// <summary>How a switchover or a takeover ended: where the identity is, the gap, and what an operator must do.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class FailoverResult : IJsonReport
{
    /// <summary>The version of the JSON of all results, reports and plans. Members may be added under one version; none is removed or changes its meaning.</summary>
    public const int JsonVersion = 1;

    internal FailoverResult()
    {
    }

    /// <summary>The run id.</summary>
    public RunId RunId { get; internal set; }

    /// <summary>Whether it was a switchover or a takeover.</summary>
    public RunKind Kind { get; internal set; }

    /// <summary>The identity that the run moves.</summary>
    public Pubkey StakedIdentity { get; internal set; } = null!;

    /// <summary>When the switchover began, by the coordinator's clock, in UTC.</summary>
    public DateTimeOffset StartedAt { get; internal set; }

    /// <summary>How long it took, the wait for a restart window included.</summary>
    public TimeSpan Elapsed { get; internal set; }

    /// <summary>How it ended.</summary>
    public FailoverOutcome Outcome { get; internal set; }

    /// <summary>Where the staked identity is now, as far as is known.</summary>
    public IdentityLocation IdentityAt { get; internal set; }

    /// <summary>The name of the source.</summary>
    public string Source { get; internal set; } = null!;

    /// <summary>The name of the target.</summary>
    public string Target { get; internal set; } = null!;

    /// <summary>The first failure, in a sentence; null if there was none.</summary>
    public string? Reason { get; internal set; }

    /// <summary>The result of each step, in the order in which they ended.</summary>
    public IReadOnlyList<StepReport> Steps { get; internal set; } = null!;

    /// <summary>The findings of the preflight.</summary>
    public PreflightReport Preflight { get; internal set; } = null!;

    /// <summary>The gap; null unless votes of the target were seen.</summary>
    public GapReport? Gap { get; internal set; }

    /// <summary>What the run saw of both nodes around the gap, for <see cref="ToSvg"/> and <see cref="ToTrace"/>.</summary>
    internal RunTimeline Timeline { get; set; } = null!;

    /// <summary>The evidence, right before the promotion, that the lost node is not voting; null in a switchover, which asks the source itself.</summary>
    public TakeoverEvidence? Evidence { get; internal set; }

    /// <summary>
    /// What is still to be done on the lost node, so that neither a restart nor a resume makes it a second voter; <see cref="FailoverCoordinator.CompleteDemotionAsync"/> completes it.
    /// Empty if nothing is.
    /// </summary>
    public IReadOnlyList<FailoverNote> PendingDemotions { get; internal set; } = [];

    /// <summary>What an operator must do; empty if nothing.</summary>
    public IReadOnlyList<OperatorAction> OperatorActions { get; internal set; } = null!;

    /// <summary>What an operator should know without having to act: a tower moved aside, a tower that changed after the seal.</summary>
    public IReadOnlyList<FailoverNote> Notes { get; internal set; } = null!;

    /// <summary>
    /// The result as JSON, with or without line breaks: one object with <c>version</c>, <c>runId</c>, <c>kind</c> (<c>switchover</c>, <c>takeover</c>), <c>stakedIdentity</c>, <c>outcome</c> (<c>completed</c>, <c>refused</c>,
    /// <c>rolledBack</c>, <c>indeterminate</c>), <c>identityAt</c> (<c>source</c>, <c>target</c>, <c>neither</c>, <c>unknown</c>), <c>source</c>, <c>target</c>,
    /// <c>startedAt</c>, <c>elapsedMilliseconds</c>, <c>reason</c>, <c>gap</c>, <c>evidence</c>, <c>pendingDemotions</c>, <c>operatorActions</c> (each with <c>node</c>, <c>reason</c>, <c>command</c>), <c>notes</c>,
    /// <c>steps</c> (each with <c>step</c>, <c>node</c>, <c>outcome</c>, <c>failure</c>, <c>detail</c>, <c>elapsedMilliseconds</c>) and <c>preflight</c>, which is what
    /// <see cref="PreflightReport.ToJson"/> gives. Every name of an enumeration is in camel case. docs/json.md has an example and what each member means.
    /// </summary>
    public string ToJson(bool indented = true) => IJsonReport.Text(this, indented);

    /// <summary>
    /// The result as a picture for an incident report: a self-contained SVG (no script, no style sheet, no font). It shows the slots, the votes of both nodes, the
    /// trips, the steps and the time without votes. The same result gives the same picture; a refused or rolled-back run shows how far it came.
    /// </summary>
    public string ToSvg() => GapPicture.Of(this);

    /// <summary>The run as text: a line for every request, answer and vote, in the order of their times at the coordinator.</summary>
    public string ToTrace() => RunTrace.Of(this);

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("version", JsonVersion)
        .Add("runId", RunId)
        .Add("kind", Kind)
        .Add("stakedIdentity", StakedIdentity)
        .Add("outcome", Outcome)
        .Add("identityAt", IdentityAt)
        .Add("source", Source)
        .Add("target", Target)
        .Add("startedAt", StartedAt)
        .Add("elapsedMilliseconds", Elapsed)
        .Add("reason", Reason)
        .Add("gap", Gap)
        .Add("evidence", Evidence)
        .Add("pendingDemotions", PendingDemotions)
        .Add("operatorActions", OperatorActions)
        .Add("notes", Notes)
        .Add("steps", Steps)
        .Add("timeline", Timeline)
        .Add("preflight", Preflight);

    /// <summary>The result as a few lines of text; if the preflight refused it, with its table.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{ReportText.Words(Outcome)}. {ReportText.Place(IdentityAt, Source, Target)}");
        text.AppendLine().Append($"{Kind} {RunId} of {StakedIdentity}, {Source} to {Target}, began {ReportText.Moment(StartedAt)} and took {ReportText.Duration(Elapsed)}.");
        if (!Preflight.IsClear && Steps is [.., { Result.Failure: CallFailure.Refused } last] && StepTable.Of(last.StepCode).RunsPreflight)
        {
            text.AppendLine().Append($"Preflight: {Preflight}");
        }
        else if (Reason is not null)
        {
            text.AppendLine().Append($"Reason: {ReportText.OnOneLine(Reason)}");
        }

        if (Gap is not null)
        {
            text.AppendLine().Append($"Gap: {Gap}");
        }

        if (Evidence is not null)
        {
            text.AppendLine().Append($"Evidence: {Evidence.Grade}: {ReportText.OnOneLine(string.Join("; ", Evidence.Facts))}");
        }

        return text.AppendPending(PendingDemotions).AppendNotes(Notes, OperatorActions, "To do").ToString();
    }
}
