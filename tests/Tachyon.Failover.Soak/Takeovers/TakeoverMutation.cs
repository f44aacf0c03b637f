using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Soak.Takeovers;

/// <summary>A rule of takeovers that is broken on purpose.</summary>
/// <param name="Rules">The rules of the coordinators.</param>
/// <param name="GuardIsOff">Whether the guard of the policy does not run.</param>
internal sealed record TakeoverMutation(SwitchoverRules Rules, bool GuardIsOff = false)
{
    public static IReadOnlyDictionary<string, TakeoverMutation> All { get; } = new Dictionary<string, TakeoverMutation>(StringComparer.Ordinal)
    {
        ["the guard is off that the evidence counts on"] = new(SwitchoverRules.All with { HearsGuard = false }, GuardIsOff: true),
        ["the evidence is not looked at again"] = new(SwitchoverRules.All with { WeighsAgain = false }),
        ["the debt is forgotten"] = new(SwitchoverRules.All with { KeepsDebt = false }),
        ["a stale shadow is accepted"] = new(SwitchoverRules.All with { ChecksShadow = false }),
    };

    /// <summary>The first run in which the judge sees it, and sees nothing without it; null if there is none within so many seeds.</summary>
    public TakeoverOutcome? FirstCaught(int seeds) => Enumerable.Range(1, seeds)
        .Select(seed => TakeoverStory.Of((ulong)seed))
        .Select(story => (Story: story, Outcome: TakeoverRun.Play(story, Rules, GuardIsOff)))
        .FirstOrDefault(run => run.Outcome.Broken.Count > 0 && TakeoverRun.Play(run.Story).Broken.Count == 0)
        .Outcome;
}
