using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tachyon.Failover.Soak;

/// <summary>What many runs came to.</summary>
internal sealed record SoakReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public required int Runs { get; init; }

    public required double Seconds { get; init; }

    public required int FaultsInjected { get; init; }

    /// <summary>How many runs broke an invariant. Must be 0.</summary>
    public required int BrokenInvariants { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<BrokenSeed> BrokenSeeds { get; init; }

    public required int RefusedVotes { get; init; }

    public required int Completed { get; init; }

    public required int RolledBack { get; init; }

    public required int Indeterminate { get; init; }

    public required int Refused { get; init; }

    /// <summary>Runs whose first coordinator crashed.</summary>
    public required int Crashed { get; init; }

    /// <summary>Runs that no recovery could bring in order though everything worked again.</summary>
    public required int NeedsAPerson { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<ulong> SeedsThatNeedAPerson { get; init; }

    /// <summary>For how long no vote landed within ten minutes after a completed run.</summary>
    public required Spread? SecondsWithoutVote { get; init; }

    /// <summary>Why validators of promoted nodes ended by themselves within that time.</summary>
    public required IReadOnlyList<Tally> TargetsDied { get; init; }

    /// <summary>Why no node votes in the end although one could.</summary>
    public required IReadOnlyList<Tally> NeitherVotes { get; init; }

    /// <summary>Of the completed switchovers, including those with faults.</summary>
    public required MissedSlots? MissedSlots { get; init; }

    /// <summary>Of those in whose run nothing went wrong.</summary>
    public required MissedSlots? MissedSlotsWithoutFaults { get; init; }

    public required IReadOnlyList<CalibrationRow> Calibration { get; init; }

    public static SoakReport Of(IReadOnlyList<SoakOutcome> outcomes, TimeSpan took, IReadOnlyList<CalibrationRow> calibration) => new()
    {
        Runs = outcomes.Count,
        Seconds = Math.Round(took.TotalSeconds, 1),
        FaultsInjected = outcomes.Sum(outcome => outcome.FaultsInjected),
        BrokenInvariants = outcomes.Count(outcome => outcome.Broken.Count > 0),
        BrokenSeeds = [.. outcomes.Where(outcome => outcome.Broken.Count > 0).OrderBy(outcome => outcome.Seed).Take(20).Select(outcome => new BrokenSeed(outcome.Seed, string.Join(" | ", outcome.Broken)))],
        RefusedVotes = outcomes.Sum(outcome => outcome.RefusedVotes),
        Completed = outcomes.Count(outcome => outcome.Outcome == FailoverOutcome.Completed),
        RolledBack = outcomes.Count(outcome => outcome.Outcome == FailoverOutcome.RolledBack),
        Indeterminate = outcomes.Count(outcome => outcome.Outcome == FailoverOutcome.Indeterminate),
        Refused = outcomes.Count(outcome => outcome.Outcome == FailoverOutcome.Refused),
        Crashed = outcomes.Count(outcome => outcome.Outcome is null),
        NeedsAPerson = outcomes.Count(outcome => outcome.NeedsAPerson),
        SeedsThatNeedAPerson = [.. outcomes.Where(outcome => outcome.NeedsAPerson).Select(outcome => outcome.Seed).Order().Take(20)],
        SecondsWithoutVote = Spread.Of(outcomes.Select(outcome => outcome.SecondsWithoutVote)),
        TargetsDied = Tally.Of(outcomes.Select(outcome => (outcome.Seed, outcome.TargetDied))),
        NeitherVotes = Tally.Of(outcomes.Select(outcome => (outcome.Seed, outcome.NeitherVotes))),
        MissedSlots = Soak.MissedSlots.Of(outcomes.Select(outcome => outcome.MissedSlots)),
        MissedSlotsWithoutFaults = Soak.MissedSlots.Of(outcomes.Where(outcome => outcome.IsWithoutFaults).Select(outcome => outcome.MissedSlots)),
        Calibration = calibration,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString()
    {
        List<string> lines =
        [
            $"{Runs} runs in {Seconds} s with {FaultsInjected} faults: {Completed} completed, {RolledBack} rolled back, {Refused} refused, {Indeterminate} indeterminate, {Crashed} crashed",
            $"broken invariants: {BrokenInvariants}; refused votes: {RefusedVotes}; needing a person in the end: {NeedsAPerson}{(NeedsAPerson > 0 ? $" (seeds {string.Join(", ", SeedsThatNeedAPerson)})" : "")}",
            $"missed slots of the completed: {MissedSlots}; without faults: {MissedSlotsWithoutFaults}",
            $"after a completed run: without a landed vote {SecondsWithoutVote}; promoted validators that ended by themselves within ten minutes: {TargetsDied.Sum(tally => tally.Times)}",
            .. TargetsDied.Select(tally => $"  {tally}"),
            $"runs that ended without a voting node although one could vote: {NeitherVotes.Sum(tally => tally.Times)}",
            .. NeitherVotes.Take(20).Select(tally => $"  {tally}"),
        ];
        lines.AddRange(BrokenSeeds.Select(broken => $"  seed {broken.Seed}: {broken.What}"));
        lines.AddRange(Calibration.Select(row =>
            $"  {row.Client}, {row.Tower}: conflicts in {row.Conflicts:P1} of {row.Runs}, at most {row.MostRefused} refused, {row.MeanMissed:0.00} missed in the mean, at most {row.MostMissed} (measured: {row.Measured})"));
        return string.Join(Environment.NewLine, lines);
    }
}
