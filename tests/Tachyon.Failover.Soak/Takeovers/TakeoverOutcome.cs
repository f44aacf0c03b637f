using Tachyon.Failover.Testing.Simulation;

namespace Tachyon.Failover.Soak.Takeovers;

/// <summary>What came of one run with a takeover.</summary>
internal sealed record TakeoverOutcome
{
    public required ulong Seed { get; init; }

    /// <summary>How the last try ended; null if its program crashed.</summary>
    public required FailoverOutcome? Outcome { get; init; }

    public required EvidenceGrade? Grade { get; init; }

    public required int FaultsInjected { get; init; }

    public required IReadOnlyList<BrokenInvariant> Broken { get; init; }

    public required int RefusedVotes { get; init; }

    /// <summary>Whether something was owed when the takeover had ended.</summary>
    public required bool HadPendingDemotion { get; init; }

    /// <summary>How often a node that was owed came up with the staked identity while the other one had it.</summary>
    public required int CameBack { get; init; }

    /// <summary>Slots from the lost node's last landed vote to the target's first one; null if there was none.</summary>
    public required int? SlotsWithoutVotes { get; init; }

    public required bool NeedsAPerson { get; init; }

    /// <summary>For how long no vote landed within ten minutes after a completed takeover, at most; null if none was completed.</summary>
    public required double? SecondsWithoutVote { get; init; }

    /// <summary>Why the validator of the promoted node ended by itself within that time; null if it did not.</summary>
    public required string? TargetDied { get; init; }

    /// <summary>Why no node votes in the end although one could; null if a node votes.</summary>
    public required string? NeitherVotes { get; init; }

    /// <summary>All votes that were sent, when, by whom and what came of them, in one number.</summary>
    public required int Fingerprint { get; init; }

    public required IReadOnlyList<string> Log { get; init; }
}
