using Tachyon.Failover.Takeover;

namespace Tachyon.Failover.Benchmarks.Takeovers;

/// <summary>What came of one scenario.</summary>
internal sealed record TakeoverRow
{
    public required string Scenario { get; init; }

    public required EvidenceGrade MinimumGrade { get; init; }

    public required EvidenceGrade Grade { get; init; }

    public required FailoverOutcome Outcome { get; init; }

    /// <summary>From the loss until the takeover was begun: the silence that the watch waited for.</summary>
    public required double WatchedSeconds { get; init; }

    /// <summary>The time from there until the last weighing, after which the target is promoted; null if it was not.</summary>
    public double? WeighedSeconds { get; init; }

    /// <summary>How many slots after the last weighing the target's first counted vote landed.</summary>
    public double? SlotsFromDecision { get; init; }

    /// <summary>From the loss until the target's first vote that landed; null if none did.</summary>
    public double? SecondsWithoutVote { get; init; }

    public required int MissedSlots { get; init; }

    public required int RefusedVotes { get; init; }

    public required int DoubleVotes { get; init; }

    /// <summary>How many things were owed after the takeover.</summary>
    public required int Owed { get; init; }

    /// <summary>How many were, once the node was back and the debt was settled.</summary>
    public required int OwedInTheEnd { get; init; }

    /// <summary>How long that took, from the node's return; null if nothing was owed.</summary>
    public double? SettledSeconds { get; init; }

    /// <summary>Which nodes run the staked identity in the end.</summary>
    public required string Runs { get; init; }

    /// <summary>The complete output, for a closer look.</summary>
    public required string Result { get; init; }
}
