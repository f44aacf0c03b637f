using Tachyon.Failover.Protocol;

namespace Tachyon.Failover.Soak;

/// <summary>Rules that are broken on purpose, one at a time.</summary>
internal static class Mutation
{
    public static IReadOnlyDictionary<string, SwitchoverRules> All { get; } = new Dictionary<string, SwitchoverRules>(StringComparer.Ordinal)
    {
        ["the seal is left out"] = SwitchoverRules.All with { SealsSource = false },
        ["the links are moved after the identities"] = SwitchoverRules.All with { MovesSourceLinkFirst = false },
        ["no lock is taken"] = SwitchoverRules.All with { TakesLocks = false },
        ["a lost answer is taken for not done"] = SwitchoverRules.All with { ResolvesUnknown = false },
        ["the leftover tower is kept"] = SwitchoverRules.All with { ReplacesLeftoverTower = false },
    };

    /// <summary>The first run in which the judge sees it; null if it does not within so many seeds.</summary>
    public static SoakOutcome? FirstCaught(SwitchoverRules rules, int seeds) =>
        Enumerable.Range(1, seeds).Select(seed => SoakRun.Play(Story.Of((ulong)seed), rules)).FirstOrDefault(outcome => outcome.Broken.Count > 0);
}
