using System.Text;

namespace Tachyon.Failover;

/// <summary>What a look at both nodes showed, and what <see cref="FailoverCoordinator.RecoverAsync"/> makes of it. Immutable.</summary>
public sealed record PairDiagnosis
{
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

    /// <summary>The switchover, or recovery, that the journal has begun and not ended; null if it has none, or could not be read.</summary>
    public string? Interrupted { get; init; }

    /// <summary>What a person should know besides, such as that the journal could not be read.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What a person would do instead of a recovery, in its order; empty if nothing is to be done.</summary>
    public required IReadOnlyList<FollowUp> FollowUps { get; init; }

    /// <summary>The diagnosis as a few lines of text.</summary>
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
        if (Interrupted is not null)
        {
            text.AppendLine().Append($"Interrupted: {Interrupted}");
        }

        foreach (var line in Notes.Select(note => $"Note: {note}").Concat(FollowUps.Select(todo => $"By hand {todo}")))
        {
            text.AppendLine().Append(line);
        }

        return text.ToString();
    }
}
