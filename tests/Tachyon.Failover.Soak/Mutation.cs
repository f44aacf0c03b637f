using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Soak;

/// <summary>A rule of switchovers, or a safeguard beside them, that is broken on purpose.</summary>
/// <param name="Rules">The rules of the coordinators.</param>
/// <param name="LeasesLocks">Whether a lock ends by itself without its coordinator's heartbeat.</param>
internal sealed record Mutation(SwitchoverRules Rules, bool LeasesLocks = true)
{
    public static IReadOnlyDictionary<string, Mutation> All { get; } = new Dictionary<string, Mutation>(StringComparer.Ordinal)
    {
        ["the seal is left out"] = new(SwitchoverRules.All with { SealsSource = false }),
        ["the links are moved after the identities"] = new(SwitchoverRules.All with { MovesSourceLinkFirst = false }),
        ["no lock is taken"] = new(SwitchoverRules.All with { TakesLocks = false }),
        ["a lost answer is taken for not done"] = new(SwitchoverRules.All with { ResolvesUnknown = false }),
        ["the leftover tower is kept"] = new(SwitchoverRules.All with { ReplacesLeftoverTower = false }),
        ["nobody looks at the end"] = new(SwitchoverRules.All with { LooksAtTheEnd = false }),
        ["a promotion never goes stale"] = new(SwitchoverRules.All with { OrdersGoStale = false }),
        ["a lock is held for a coordinator that is gone"] = new(SwitchoverRules.All, LeasesLocks: false),
    };

    /// <summary>The first run in which the judge sees it; null if it does not within so many seeds.</summary>
    public SoakOutcome? FirstCaught(int seeds) =>
        Enumerable.Range(1, seeds).Select(seed => SoakRun.Play(Story.Of((ulong)seed), Rules, leasesLocks: LeasesLocks)).FirstOrDefault(outcome => outcome.Broken.Count > 0);
}
