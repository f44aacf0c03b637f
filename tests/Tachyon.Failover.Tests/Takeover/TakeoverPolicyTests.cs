using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Takeover;

public sealed class TakeoverPolicyTests
{
    [Fact]
    public void Validate_Defaults_AreRightWithAGuardAndWithout()
    {
        new TakeoverPolicy().Validate().Should().BeEmpty();
        new TakeoverPolicy { Guard = new GuardTimings() }.Validate().Should().BeEmpty();
    }

    [Fact]
    public void Validate_EverythingWrong_TellsAllAtOnce()
    {
        var errors = new TakeoverPolicy
        {
            MinimumGrade = EvidenceGrade.None,
            Tower = (TakeoverTower)7,
            OperatorStatement = " ",
            CallTimeout = TimeSpan.Zero,
            Detection = new DetectionRules { HealthySlots = 60, LostSlots = 50, MinimumWitnesses = 0, ConsecutiveReadings = 0, LostAfter = TimeSpan.Zero, HaltedAfter = TimeSpan.Zero },
            Guard = new GuardTimings { ClockDrift = -1 },
        }.Validate();

        errors.Should().HaveCount(13).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Validate_AssertedWithoutAReason_AsksForIt() =>
        new TakeoverPolicy { MinimumGrade = EvidenceGrade.Asserted }.Validate().Should().ContainSingle().Which.Should().Contain("OperatorStatement is missing");

    /// <summary>The message has the whole sum, so that the operator sees which time to change.</summary>
    [Fact]
    public void Guard_SlowerThanTheDaemon_IsRefusedWithTheArithmetic() =>
        new GuardTimings().Validate(TimeSpan.FromSeconds(17)).Should().ContainSingle().Which.Should().Be(
            "LostAfter is 17 s, and the guard may take 10 s without the cluster + 1 s to the next reading + 2 x 1 s for link and voters + 2 s for the identity + 2 s to stop = 17 s, and 1 % for the clocks = 17.17 s: "
            + "both nodes could vote. Make LostAfter more than 17.17 s, or the guard's times less.");

    [Fact]
    public void Validate_OneWitness_IsRefusedWhereSilenceCounts()
    {
        var silence = new DetectionRules { MinimumWitnesses = 1 };

        new TakeoverPolicy { Detection = silence }.Validate().Should().BeEmpty("a fenced node needs none");
        new TakeoverPolicy { Detection = silence, MinimumGrade = EvidenceGrade.Observed }.Validate().Should().ContainSingle().Which.Should().Contain("MinimumWitnesses is 1");
    }

    [Fact]
    public void Validate_GuardThatIsNotTwiceAsSlow_IsRefused() =>
        new TakeoverPolicy { Guard = new GuardTimings(), Detection = new DetectionRules { HaltedAfter = TimeSpan.FromSeconds(3.6) } }.Validate().Should().ContainSingle().Which.Should().Contain("halted");

    [Theory]
    [InlineData(17.17, false)]
    [InlineData(17.18, true)]
    public void Guard_AtItsWorst_MustBeThroughBeforeTheDaemonActs(double lostAfter, bool isSafe) =>
        new GuardTimings().Validate(TimeSpan.FromSeconds(lostAfter)).Should().HaveCount(isSafe ? 0 : 1);

    [Theory]
    [InlineData(10_000, 256)]
    [InlineData(10_255, 1)]
    [InlineData(10_256, 0)]
    [InlineData(20_000, 0)]
    [InlineData(9_000, 1256)]
    public void UnseenVotes_Bind256SlotsBehindTheLast(ulong newest, ulong left) => UnseenVotes.SlotsLeft(newest, 10_000).Should().Be(left);
}
