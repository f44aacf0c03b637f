using System.Text;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover;

/// <summary>How a switchover ended: where the identity is, what it cost, and what a person must do.</summary>
public sealed record FailoverResult
{
    /// <summary>The switchover's name in the journal.</summary>
    public required string Switchover { get; init; }

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

    /// <summary>What a person must do; empty if nothing.</summary>
    public required IReadOnlyList<FollowUp> FollowUps { get; init; }

    /// <summary>What a person should know though nothing is to be done: a tower moved aside, a tower that changed after the seal.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The result as a few lines of text.</summary>
    public override string ToString()
    {
        var place = IdentityAt switch
        {
            IdentityLocation.Source => $"at {Source} (the source)",
            IdentityLocation.Target => $"at {Target} (the target)",
            IdentityLocation.Nobody => "at neither node: nobody votes",
            _ => "not known",
        };
        var text = new StringBuilder($"{Outcome}. The staked identity is {place}.");
        if (Reason is not null)
        {
            text.AppendLine().Append($"Reason: {Reason}");
        }

        if (Gap is not null)
        {
            text.AppendLine().Append($"Gap: {Gap}");
        }

        foreach (var line in Notes.Select(note => $"Note: {note}").Concat(FollowUps.Select(todo => $"To do {todo}")))
        {
            text.AppendLine().Append(line);
        }

        return text.ToString();
    }
}
