using System.Text;
using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>The result of a probe of both nodes, and what <see cref="FailoverCoordinator.RecoverAsync"/> would do. Immutable.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class PairDiagnosis : IJsonReport
{
    internal PairDiagnosis()
    {
    }

    /// <summary>The staked identity of the pair.</summary>
    public Pubkey StakedIdentity { get; internal init; } = null!;

    /// <summary>Which node votes.</summary>
    public PairState State { get; internal init; }

    /// <summary>The reason for <see cref="State"/>, in a sentence.</summary>
    public string Reason { get; internal init; } = null!;

    /// <summary>What a recovery would do. A recovery probes again first.</summary>
    public RecoveryAction Action { get; internal init; }

    /// <summary>Where the staked identity is, as far as is known: on the node that votes.</summary>
    public IdentityLocation IdentityAt { get; internal init; }

    /// <summary>The source.</summary>
    public NodeDiagnosis Source { get; internal init; } = null!;

    /// <summary>The target.</summary>
    public NodeDiagnosis Target { get; internal init; } = null!;

    /// <summary>The newest slot for which the chain has a vote of the staked identity; null if unknown.</summary>
    public ulong? LastLandedVote { get; internal init; }

    /// <summary>The runs that the journal has begun and not ended, oldest first, until a later run leaves both nodes in order; empty if there are none, or the journal could not be read.</summary>
    public IReadOnlyList<RunId> Interrupted { get; internal init; } = [];

    /// <summary>The holders of the locks on the nodes, as they name themselves. Their runs are in progress, not interrupted.</summary>
    public IReadOnlyList<string> InProgress { get; internal init; } = [];

    /// <summary>What an operator should know in addition, such as that the journal could not be read.</summary>
    public IReadOnlyList<FailoverNote> Notes { get; internal init; } = null!;

    /// <summary>What an operator would do instead of a recovery, in order; empty if nothing is to be done.</summary>
    public IReadOnlyList<OperatorAction> OperatorActions { get; internal init; } = null!;

    /// <summary>
    /// The diagnosis as JSON, with or without line breaks: one object with <c>version</c>, <c>stakedIdentity</c>, <c>state</c> (<c>activeOnSource</c>, <c>activeOnTarget</c>,
    /// <c>nobodyVotes</c>, <c>twoIdentities</c>, <c>cannotBeKnown</c>), <c>reason</c>, <c>action</c> (<c>nothingToDo</c>, <c>keepAtSource</c>, <c>keepAtTarget</c>,
    /// <c>askOperator</c>), <c>identityAt</c>, <c>source</c> and <c>target</c> (each with <c>name</c>, <c>condition</c>, <c>identity</c>, <c>otherIdentity</c>, <c>link</c>, <c>votes</c>,
    /// <c>lastVotedSlot</c>, <c>tower</c>), <c>lastLandedVote</c>, <c>interrupted</c>, <c>inProgress</c>, <c>notes</c> and <c>operatorActions</c>. docs/json.md has an example.
    /// </summary>
    public string ToJson(bool indented = true) => IJsonReport.Text(this, indented);

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("version", FailoverResult.JsonVersion)
        .Add("stakedIdentity", StakedIdentity)
        .Add("state", State)
        .Add("reason", Reason)
        .Add("action", Action)
        .Add("identityAt", IdentityAt)
        .Add("source", Source)
        .Add("target", Target)
        .Add("lastLandedVote", LastLandedVote)
        .Add("interrupted", Interrupted.Select(static run => run.ToString()))
        .Add("inProgress", InProgress)
        .Add("notes", Notes)
        .Add("operatorActions", OperatorActions);

    /// <summary>The diagnosis as a few lines of text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{State}: {Reason} A recovery would ");
        text.Append(Action switch
        {
            RecoveryAction.NothingToDo => "change nothing.",
            RecoveryAction.KeepAtSource => $"keep the identity at {Source.Name} (the source).",
            RecoveryAction.KeepAtTarget => $"keep the identity at {Target.Name} (the target).",
            _ => "leave it to an operator.",
        });
        text.AppendLine().Append(Source).AppendLine().Append(Target);
        foreach (var run in Interrupted)
        {
            text.AppendLine().Append($"Interrupted: {run}");
        }

        return text.AppendNotes(Notes, OperatorActions, "By hand").ToString();
    }
}
