using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Judge;

namespace Tachyon.Failover.Soak;

/// <summary>What came of one run.</summary>
internal sealed record SoakOutcome
{
    public required ulong Seed { get; init; }

    /// <summary>How the first coordinator's switchover ended; null if the coordinator crashed.</summary>
    public required FailoverOutcome? Outcome { get; init; }

    public required bool IsWithoutFaults { get; init; }

    public required int FaultsInjected { get; init; }

    public required IReadOnlyList<BrokenInvariant> Broken { get; init; }

    public required int RefusedVotes { get; init; }

    /// <summary>Slots between the last vote of the source and the first of the target, for a switchover that was completed.</summary>
    public int? MissedSlots { get; init; }

    /// <summary>Whether the pair was still not in order after everything worked again and recovery was asked for.</summary>
    public required bool NeedsAPerson { get; init; }

    /// <summary>For how long no vote landed after a completed run, at most; null if none was completed.</summary>
    public required double? SecondsWithoutVote { get; init; }

    /// <summary>Why the validator of a promoted node ended by itself within ten minutes after a completed run; null if it did not.</summary>
    public required string? TargetDied { get; init; }

    /// <summary>Why no node votes in the end although one could; null if a node votes.</summary>
    public required string? NeitherVotes { get; init; }

    /// <summary>All votes that were sent, when, by whom and what came of them, in one number.</summary>
    public required int Fingerprint { get; init; }

    /// <summary>What happened, line by line.</summary>
    public required IReadOnlyList<string> Log { get; init; }
}
