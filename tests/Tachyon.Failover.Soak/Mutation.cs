using Tachyon.Failover.Protocol;
using Tachyon.Failover.Soak.Takeovers;

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

    /// <summary>Those of a takeover.</summary>
    public static IReadOnlyDictionary<string, SwitchoverRules> OfTakeovers { get; } = new Dictionary<string, SwitchoverRules>(StringComparer.Ordinal)
    {
        ["the evidence is not looked at again"] = SwitchoverRules.All with { WeighsAgain = false },
        ["a stale shadow is accepted"] = SwitchoverRules.All with { ChecksShadow = false },
        ["the debt is forgotten"] = SwitchoverRules.All with { KeepsDebt = false },
    };

    /// <summary>The first run with a takeover in which the judge sees it; null if it does not within so many seeds.</summary>
    public static TakeoverOutcome? FirstCaughtTakeover(SwitchoverRules rules, int seeds, bool guardIsOff = false) =>
        Enumerable.Range(1, seeds).Select(seed => TakeoverRun.Play(TakeoverStory.Of((ulong)seed), rules, guardIsOff)).FirstOrDefault(outcome => outcome.Broken.Count > 0);

    /// <summary>The first run in which the judge sees it; null if it does not within so many seeds.</summary>
    public static SoakOutcome? FirstCaught(SwitchoverRules rules, int seeds) =>
        Enumerable.Range(1, seeds).Select(seed => SoakRun.Play(Story.Of((ulong)seed), rules)).FirstOrDefault(outcome => outcome.Broken.Count > 0);
}
