using System.Text;

namespace Tachyon.Failover;

/// <summary>How a recovery ended: what was found, what was done, where the identity is, and what a person must do. Immutable.</summary>
public sealed record RecoveryResult
{
    /// <summary>The recovery's name in the journal.</summary>
    public required string Recovery { get; init; }

    /// <summary>How it ended.</summary>
    public required RecoveryOutcome Outcome { get; init; }

    /// <summary>Where the staked identity is now, as far as is known.</summary>
    public required IdentityLocation IdentityAt { get; init; }

    /// <summary>What was found before anything was changed.</summary>
    public required PairDiagnosis Diagnosis { get; init; }

    /// <summary>The first thing that went wrong, or why nothing was done, in a sentence; null if nothing did.</summary>
    public string? Reason { get; init; }

    /// <summary>What came of each step, in the order in which they ended.</summary>
    public required IReadOnlyList<StepReport> Steps { get; init; }

    /// <summary>What a person must do; empty if nothing.</summary>
    public required IReadOnlyList<FollowUp> FollowUps { get; init; }

    /// <summary>What a person should know though nothing is to be done: a tower moved aside.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The result as a few lines of text.</summary>
    public override string ToString()
    {
        var place = IdentityAt switch
        {
            IdentityLocation.Source => $"at {Diagnosis.Source.Name} (the source)",
            IdentityLocation.Target => $"at {Diagnosis.Target.Name} (the target)",
            IdentityLocation.Nobody => "at neither node: nobody votes",
            _ => "not known",
        };
        var text = new StringBuilder($"{Outcome}. The staked identity is {place}.");
        text.AppendLine().Append($"Found: {Diagnosis.State}: {Diagnosis.Reason}");
        if (Diagnosis.Interrupted is not null)
        {
            text.AppendLine().Append($"Interrupted: {Diagnosis.Interrupted}");
        }

        if (Reason is not null)
        {
            text.AppendLine().Append($"Reason: {Reason}");
        }

        foreach (var line in Notes.Select(note => $"Note: {note}").Concat(FollowUps.Select(todo => $"To do {todo}")))
        {
            text.AppendLine().Append(line);
        }

        return text.ToString();
    }
}
