using System.Text;
using System.Text.Json;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Reports;
using Tachyon.Failover.Takeover;

namespace Tachyon.Failover;

/// <summary>How a switchover ended: where the identity is, what it cost, and what a person must do.</summary>
public sealed record FailoverResult
{
    /// <summary>The version of the JSON that <see cref="ToJson"/> gives. Members may be added under one version; none goes or changes its meaning.</summary>
    public const int JsonVersion = 1;

    /// <summary>The switchover's name in the journal.</summary>
    public required string Switchover { get; init; }

    /// <summary>The identity that was to be moved.</summary>
    public required Pubkey StakedIdentity { get; init; }

    /// <summary>When the switchover began, by the coordinator's clock, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, the wait for a restart window included.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How it ended.</summary>
    public required SwitchoverOutcome Outcome { get; init; }

    /// <summary>Where the staked identity is now, as far as is known.</summary>
    public required IdentityLocation IdentityAt { get; init; }

    /// <summary>The name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>The name of the target.</summary>
    public required string Target { get; init; }

    /// <summary>The first thing that went wrong, in a sentence; null if nothing did.</summary>
    public string? Reason { get; init; }

    /// <summary>What came of each step, in the order in which they ended.</summary>
    public required IReadOnlyList<StepReport> Steps { get; init; }

    /// <summary>What the preflight found.</summary>
    public required PreflightReport Preflight { get; init; }

    /// <summary>What it cost; null unless votes of the target were seen.</summary>
    public GapReport? Gap { get; init; }

    /// <summary>What the run saw of both nodes around the gap, for <see cref="ToSvg"/> and <see cref="ToTrace"/>.</summary>
    public required RunTimeline Timeline { get; init; }

    /// <summary>What spoke for it, right before the promotion, that the lost node does not vote; null of a switchover, which asks the source itself.</summary>
    public TakeoverEvidence? Evidence { get; init; }

    /// <summary>
    /// What is still owed on the node that lost the identity, a sentence each, so that neither a restart nor a wake-up makes it a second voter; <see cref="FailoverCoordinator.SettleDebtAsync"/> pays it.
    /// Empty if nothing is.
    /// </summary>
    public IReadOnlyList<string> Owed { get; init; } = [];

    /// <summary>What a person must do; empty if nothing.</summary>
    public required IReadOnlyList<FollowUp> FollowUps { get; init; }

    /// <summary>What a person should know though nothing is to be done: a tower moved aside, a tower that changed after the seal.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>
    /// The result for machines: one JSON object with <c>version</c>, <c>switchover</c>, <c>stakedIdentity</c>, <c>outcome</c> (<c>completed</c>, <c>refused</c>,
    /// <c>undone</c>, <c>indeterminate</c>), <c>identityAt</c> (<c>source</c>, <c>target</c>, <c>nobody</c>, <c>unknown</c>), <c>source</c>, <c>target</c>,
    /// <c>startedAt</c>, <c>elapsedMilliseconds</c>, <c>reason</c>, <c>gap</c>, <c>evidence</c>, <c>owed</c>, <c>followUps</c> (each with <c>node</c>, <c>reason</c>, <c>command</c>), <c>notes</c>,
    /// <c>steps</c> (each with <c>step</c>, <c>node</c>, <c>outcome</c>, <c>failure</c>, <c>detail</c>, <c>elapsedMilliseconds</c>) and <c>preflight</c>, which is what
    /// <see cref="PreflightReport.ToJson"/> gives. Every name of an enumeration is in camel case. docs/json.md has an example and what each member means.
    /// </summary>
    public string ToJson() => JsonSerializer.Serialize(FailoverResultDocument.Of(this), ReportJson.Default.FailoverResultDocument);

    /// <summary>
    /// The result as a picture for an incident report: an SVG that needs nothing else (no script, no style sheet, no font) and shows the slots, the votes of both nodes, the
    /// trips, the steps and the time in which nobody voted. The same result gives the same picture; one that was refused or undone shows how far it came.
    /// </summary>
    public string ToSvg() => GapPicture.Of(this);

    /// <summary>The run as text, a line for everything that was sent, answered or voted, in the order of its time at the coordinator.</summary>
    public string ToTrace() => RunTrace.Of(this);

    /// <summary>The result for people: a few lines; if the preflight refused it, with its table.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Outcome}. {ReportText.Place(IdentityAt, Source, Target)}");
        text.AppendLine().Append($"Switchover {Switchover} of {StakedIdentity}, {Source} to {Target}, began {ReportText.Moment(StartedAt)} and took {ReportText.Duration(Elapsed)}.");
        if (!Preflight.IsClear && Steps is [.., { Step: SwitchoverStep.Preflight or SwitchoverStep.Arm, Result.Failure: CallFailure.Refused }])
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
            text.AppendLine().Append($"Evidence: {Evidence.Grade}: {ReportText.OnOneLine(string.Join("; ", Evidence.Seen))}");
        }

        foreach (var owed in Owed)
        {
            text.AppendLine().Append($"Owed on {Source}: {ReportText.OnOneLine(owed)}");
        }

        return text.AppendNotes(Notes, FollowUps, "To do").ToString();
    }
}
