using System.Globalization;
using FluentAssertions;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.Tests.Docs;

/// <summary>The guard's arithmetic in docs/safety.md, from the defaults of the code.</summary>
public sealed class GuardSumTests
{
    private static readonly GuardTimings Guard = new();
    private static readonly DetectionRules Watch = new();

    private static readonly (string Name, TimeSpan Length)[] Parts =
    [
        ("no vote seen to land (`DemoteAfter`, T1)", Guard.DemoteAfter),
        ("until the deciding reading is over (`Interval`)", Guard.Interval),
        ("the link (`CommandTimeout`)", Guard.CommandTimeout),
        ("the voters (`CommandTimeout`)", Guard.CommandTimeout),
        ("the identity, and reading it back (`SetIdentityTimeout`)", Guard.SetIdentityTimeout),
        ("stopping the process (`StopTimeout`)", Guard.StopTimeout),
        ("the clocks' pace (`ClockDrift`)", Guard.MinimumLostAfter - Guard.Worst),
    ];

    [Fact]
    public void Arithmetic_InTheDocument_IsThatOfTheDefaults() => MadeDocs.ShouldHold("docs/safety.md", "guard", string.Join(
        '\n',
        [
            "| what | at most |",
            "|---|---|",
            .. Parts.Select(part => $"| {part.Name} | {Text(part.Length)} |"),
            $"| **together** | **{Text(Guard.MinimumLostAfter)}** |",
            $"| the daemon acts after (`LostAfter`, T2) | {Text(Watch.LostAfter)} |",
        ]));

    [Fact]
    public void Parts_Together_AreTheSumThatIsChecked()
    {
        Parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Length).Should().Be(Guard.MinimumLostAfter);
        Guard.MinimumLostAfter.Should().BeLessThan(Watch.LostAfter);
        Guard.HaltedAfter.Should().BeGreaterThan(Watch.HaltedAfter);
    }

    [Fact]
    public void Policy_DaemonTakesLongerToSeeTheClusterStandStill_IsRefused() =>
        new TakeoverPolicy { Guard = Guard, Detection = Watch.With(static it => it.HaltedAfter = Guard.HaltedAfter) }.Validate()
            .Should().ContainSingle().Which.Should().Contain("the guard could wait while the monitor counts");

    private static string Text(TimeSpan length) => string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.##} s");
}
