using System.Globalization;
using FluentAssertions;
using Tachyon.Failover.Takeover;
using Tachyon.Failover.Tests.Architecture;
using Tachyon.Failover.Watch;
using Xunit;

namespace Tachyon.Failover.Tests.Docs;

/// <summary>The guard's arithmetic in docs/safety.md, from the defaults of the code.</summary>
public sealed class GuardSumTests
{
    private static readonly GuardTimings Guard = new();
    private static readonly WatchRules Watch = new();

    private static readonly (string Name, TimeSpan Length)[] Parts =
    [
        ("no vote seen to land (`DemoteAfter`, T1)", Guard.DemoteAfter),
        ("until the look that decides is over (`LookEvery`)", Guard.LookEvery),
        ("the link (`CommandLimit`)", Guard.CommandLimit),
        ("the voters (`CommandLimit`)", Guard.CommandLimit),
        ("the identity, and reading it back (`SetIdentityLimit`)", Guard.SetIdentityLimit),
        ("stopping the process (`StopLimit`)", Guard.StopLimit),
        ("the clocks' pace (`ClockDrift`)", Guard.LeastLostAfter - Guard.Worst),
    ];

    [Fact]
    public void Arithmetic_InTheDocument_IsThatOfTheDefaults() => MadeDocs.ShouldHold("docs/safety.md", "guard", string.Join(
        '\n',
        [
            "| what | at most |",
            "|---|---|",
            .. Parts.Select(part => $"| {part.Name} | {Text(part.Length)} |"),
            $"| **together** | **{Text(Guard.LeastLostAfter)}** |",
            $"| the watcher acts after (`LostAfter`, T2) | {Text(Watch.LostAfter)} |",
        ]));

    [Fact]
    public void Parts_Together_AreTheSumThatIsChecked()
    {
        Parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Length).Should().Be(Guard.LeastLostAfter);
        Guard.LeastLostAfter.Should().BeLessThan(Watch.LostAfter);
        Guard.StandsStillAfter.Should().BeGreaterThan(Watch.StandsStillAfter);
    }

    [Fact]
    public void Policy_WatcherTakesLongerToSeeTheClusterStandStill_IsRefused() =>
        new TakeoverPolicy { Guard = Guard, Silence = Watch with { StandsStillAfter = Guard.StandsStillAfter } }.Validate()
            .Should().ContainSingle().Which.Should().Contain("the guard could wait while the watcher counts");

    private static string Text(TimeSpan length) => string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.##} s");
}
