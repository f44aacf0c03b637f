using System.Text.Json;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Soak.Takeovers;

/// <summary>What came of a long watch with many faults that pass and a few losses that do not.</summary>
internal sealed record DayOutcome
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public required ulong Seed { get; init; }

    public required double Hours { get; init; }

    public required int PassingFaults { get; init; }

    /// <summary>How often the active node was lost for good.</summary>
    public required int Losses { get; init; }

    /// <summary>How many of them were taken over.</summary>
    public required int TakenOver { get; init; }

    /// <summary>How many of those without a tower, because no whole one was left.</summary>
    public required int Rebuilt { get; init; }

    /// <summary>When the validator was called lost though votes of it had landed within T2. Must be empty.</summary>
    public required IReadOnlyList<string> Wrong { get; init; }

    /// <summary>How long it took from each loss until it was found.</summary>
    public required IReadOnlyList<double> SecondsToFind { get; init; }

    public required IReadOnlyList<BrokenInvariant> Broken { get; init; }

    /// <summary>The longest of them.</summary>
    public double LongestSeconds => SecondsToFind.DefaultIfEmpty(0).Max();

    /// <summary>Whether nothing was called lost wrongly, nothing was missed, and nothing broke.</summary>
    public bool IsGood => Wrong.Count + Broken.Count == 0 && TakenOver == Losses && LongestSeconds < (new DetectionRules().LostAfter + TimeSpan.FromMinutes(1)).TotalSeconds;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString() => string.Join(
        Environment.NewLine,
        [
            FormattableString.Invariant($"seed {Seed}: {Hours:0.#} h with {PassingFaults} passing faults and {Losses} losses: {TakenOver} taken over ({Rebuilt} from the chain), found after {LongestSeconds:0} s at the longest, {Wrong.Count} called lost wrongly, {Broken.Count} broken invariants"),
            .. Wrong.Select(wrong => $"  wrong: {wrong}"),
            .. Broken.Select(broken => $"  BROKEN: {broken}"),
        ]);
}
