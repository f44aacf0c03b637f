using System.Text;
using System.Text.Json;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Reports;

namespace Tachyon.Failover;

/// <summary>What a look at both nodes showed, and what <see cref="FailoverCoordinator.RecoverAsync"/> makes of it. Immutable.</summary>
public sealed record PairDiagnosis
{
    /// <summary>The version of the JSON that <see cref="ToJson"/> gives. Members may be added under one version; none goes or changes its meaning.</summary>
    public const int JsonVersion = 1;

    /// <summary>The identity that was looked for.</summary>
    public required Pubkey StakedIdentity { get; init; }

    /// <summary>Who votes.</summary>
    public required PairState State { get; init; }

    /// <summary>Why it is that, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>What a recovery would do. One that is asked for looks again first.</summary>
    public required RecoveryAction Action { get; init; }

    /// <summary>Where the staked identity is, as far as is known: at the node that votes.</summary>
    public required IdentityLocation IdentityAt { get; init; }

    /// <summary>The source.</summary>
    public required NodeFinding Source { get; init; }

    /// <summary>The target.</summary>
    public required NodeFinding Target { get; init; }

    /// <summary>The newest slot for which the chain has a vote of the staked identity; null if nobody could be asked.</summary>
    public ulong? LastLandedVote { get; init; }

    /// <summary>The runs that the journal has begun and not ended, oldest first, until a later one has left both nodes in order; empty if there are none, or it could not be read.</summary>
    public IReadOnlyList<string> Interrupted { get; init; } = [];

    /// <summary>Who is at work on the nodes now: whoever holds a lock of theirs, as it calls itself. Its run is in progress, and not interrupted.</summary>
    public IReadOnlyList<string> InProgress { get; init; } = [];

    /// <summary>What a person should know besides, such as that the journal could not be read.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What a person would do instead of a recovery, in its order; empty if nothing is to be done.</summary>
    public required IReadOnlyList<FollowUp> FollowUps { get; init; }

    /// <summary>
    /// The diagnosis for machines: one JSON object with <c>version</c>, <c>stakedIdentity</c>, <c>state</c> (<c>activeOnSource</c>, <c>activeOnTarget</c>,
    /// <c>nobodyVotes</c>, <c>twoIdentities</c>, <c>cannotBeKnown</c>), <c>reason</c>, <c>action</c> (<c>nothingToDo</c>, <c>settleAtSource</c>, <c>settleAtTarget</c>,
    /// <c>leaveToAPerson</c>), <c>identityAt</c>, <c>source</c> and <c>target</c> (each with <c>name</c>, <c>condition</c>, <c>identity</c>, <c>link</c>, <c>votes</c>,
    /// <c>lastVotedSlot</c>, <c>tower</c>), <c>lastLandedVote</c>, <c>interrupted</c>, <c>inProgress</c>, <c>notes</c> and <c>followUps</c>. docs/json.md has an example.
    /// </summary>
    public string ToJson() => JsonSerializer.Serialize(PairDiagnosisDocument.Of(this), ReportJson.Default.PairDiagnosisDocument);

    /// <summary>The diagnosis for people: a few lines.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{State}: {Reason} A recovery would ");
        text.Append(Action switch
        {
            RecoveryAction.NothingToDo => "change nothing.",
            RecoveryAction.SettleAtSource => $"settle the identity at {Source.Name} (the source).",
            RecoveryAction.SettleAtTarget => $"settle the identity at {Target.Name} (the target).",
            _ => "leave it to a person.",
        });
        text.AppendLine().Append(Source).AppendLine().Append(Target);
        foreach (var run in Interrupted)
        {
            text.AppendLine().Append($"Interrupted: {run}");
        }

        return text.AppendNotes(Notes, FollowUps, "By hand").ToString();
    }
}
