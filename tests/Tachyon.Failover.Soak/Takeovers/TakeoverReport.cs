using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tachyon.Failover.Soak.Takeovers;

/// <summary>What many runs with takeovers came to.</summary>
internal sealed record TakeoverReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public required int Runs { get; init; }

    public required double Seconds { get; init; }

    public required int FaultsInjected { get; init; }

    /// <summary>How many runs broke an invariant. Must be 0.</summary>
    public required int BrokenInvariants { get; init; }

    public required IReadOnlyList<BrokenSeed> BrokenSeeds { get; init; }

    public required int RefusedVotes { get; init; }

    public required int TakenOver { get; init; }

    /// <summary>Of those, by the grade of their evidence.</summary>
    public required IReadOnlyDictionary<EvidenceGrade, int> ByGrade { get; init; }

    public required int RolledBack { get; init; }

    public required int Indeterminate { get; init; }

    public required int Refused { get; init; }

    /// <summary>Runs whose program crashed in the takeover.</summary>
    public required int Crashed { get; init; }

    /// <summary>Takeovers after which something was owed. All of it was paid in the end, or an invariant is broken.</summary>
    public required int Owed { get; init; }

    /// <summary>Runs in which a node that was owed came up with the staked identity, before its debt was paid.</summary>
    public required int CameBack { get; init; }

    public required int NeedsAPerson { get; init; }

    public required IReadOnlyList<ulong> SeedsThatNeedAPerson { get; init; }

    /// <summary>For how long no vote landed within ten minutes after a completed takeover.</summary>
    public required Spread? SecondsWithoutVote { get; init; }

    /// <summary>Why validators of promoted nodes ended by themselves within that time: without a gate on the lost node, its start through a staked link ends them.</summary>
    public required IReadOnlyList<Tally> TargetsDied { get; init; }

    /// <summary>Why no node votes in the end although one could.</summary>
    public required IReadOnlyList<Tally> NeitherVotes { get; init; }

    public required MissedSlots? SlotsWithoutVotes { get; init; }

    public static TakeoverReport Of(IReadOnlyList<TakeoverOutcome> outcomes, TimeSpan took)
    {
        var taken = outcomes.Where(outcome => outcome.Outcome == FailoverOutcome.Completed).ToList();
        return new TakeoverReport
        {
            Runs = outcomes.Count,
            Seconds = Math.Round(took.TotalSeconds, 1),
            FaultsInjected = outcomes.Sum(outcome => outcome.FaultsInjected),
            BrokenInvariants = outcomes.Count(outcome => outcome.Broken.Count > 0),
            BrokenSeeds = [.. outcomes.Where(outcome => outcome.Broken.Count > 0).OrderBy(outcome => outcome.Seed).Take(20).Select(outcome => new BrokenSeed(outcome.Seed, string.Join(" | ", outcome.Broken)))],
            RefusedVotes = outcomes.Sum(outcome => outcome.RefusedVotes),
            TakenOver = taken.Count,
            ByGrade = taken.GroupBy(outcome => outcome.Grade ?? EvidenceGrade.None).ToDictionary(grade => grade.Key, grade => grade.Count()),
            RolledBack = outcomes.Count(outcome => outcome.Outcome == FailoverOutcome.RolledBack),
            Indeterminate = outcomes.Count(outcome => outcome.Outcome == FailoverOutcome.Indeterminate),
            Refused = outcomes.Count(outcome => outcome.Outcome == FailoverOutcome.Refused),
            Crashed = outcomes.Count(outcome => outcome.Outcome is null),
            Owed = outcomes.Count(outcome => outcome.HadPendingDemotion),
            CameBack = outcomes.Count(outcome => outcome.CameBack > 0),
            NeedsAPerson = outcomes.Count(outcome => outcome.NeedsAPerson),
            SeedsThatNeedAPerson = [.. outcomes.Where(outcome => outcome.NeedsAPerson).Select(outcome => outcome.Seed).Order().Take(20)],
            SecondsWithoutVote = Spread.Of(outcomes.Select(outcome => outcome.SecondsWithoutVote)),
            TargetsDied = Tally.Of(outcomes.Select(outcome => (outcome.Seed, outcome.TargetDied))),
            NeitherVotes = Tally.Of(outcomes.Select(outcome => (outcome.Seed, outcome.NeitherVotes))),
            SlotsWithoutVotes = MissedSlots.Of(taken.Select(outcome => outcome.SlotsWithoutVotes)),
        };
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString() => string.Join(
        Environment.NewLine,
        [
            $"{Runs} runs in {Seconds} s with {FaultsInjected} faults besides the losses: {TakenOver} taken over ({string.Join(", ", ByGrade.OrderByDescending(grade => grade.Key).Select(grade => $"{grade.Value} {grade.Key}"))}), {RolledBack} rolled back, {Refused} refused, {Indeterminate} indeterminate, {Crashed} crashed",
            $"broken invariants: {BrokenInvariants}; refused votes: {RefusedVotes}; needing a person in the end: {NeedsAPerson}{(NeedsAPerson > 0 ? $" (seeds {string.Join(", ", SeedsThatNeedAPerson)})" : "")}",
            $"owed after the takeover: {Owed}; came back staked before it was paid: {CameBack}; slots without a vote, of those taken over: {SlotsWithoutVotes}",
            $"within ten minutes after a completed takeover: without a landed vote {SecondsWithoutVote}; promoted validators that ended by themselves: {TargetsDied.Sum(tally => tally.Times)}",
            .. TargetsDied.Select(tally => $"  {tally}"),
            $"runs that ended without a voting node although one could vote: {NeitherVotes.Sum(tally => tally.Times)}",
            .. NeitherVotes.Take(20).Select(tally => $"  {tally}"),
            .. BrokenSeeds.Select(broken => $"  seed {broken.Seed}: {broken.What}"),
        ]);
}
