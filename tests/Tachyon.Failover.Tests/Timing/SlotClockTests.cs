using FluentAssertions;
using Tachyon.Failover.Timing;
using Xunit;

namespace Tachyon.Failover.Tests.Timing;

public sealed class SlotClockTests
{
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(400);

    [Fact]
    public void Read_NoVotes_KnowsNoClock() => SlotClock.Read([], Slot).Should().BeNull();

    /// <summary>Votes of one instant, or a burst behind a pause of the network, made a slot of nothing, and a wait without an end.</summary>
    [Theory]
    [InlineData(0, 200)]
    [InlineData(10, 200)]
    [InlineData(190, 200)]
    [InlineData(390, 390)]
    [InlineData(790, 790)]
    [InlineData(900, 800)]
    public void C13_Read_PaceThatNoClusterHas_IsKeptNearTheSlotThatWasGiven(int seen, int kept) =>
        SlotClock.Read(Votes(from: 100, count: 12, length: seen, last: -5), Slot)!.Slot.Should().BeCloseTo(Ms(kept), Ms(0.001));

    [Fact]
    public void C13_BestMoment_VotesOfOneInstant_IsAWaitOfSomeSeconds()
    {
        var clock = SlotClock.Read(Votes(from: 100, count: 10, length: 0, last: -5), Slot)!;
        var forecast = new GapForecast { Votes = clock, TargetBeat = new KeyBeat(TimeSpan.Zero), SourceRoundTrip = Ms(20), TargetRoundTrip = Ms(20) };

        forecast.BestMoment().Should().BeLessThan(TimeSpan.FromSeconds(5)).And.BeGreaterThanOrEqualTo(TimeSpan.Zero);
    }

    [Fact]
    public void Read_TheLastVoteIsLongAgo_KnowsNoClock() => SlotClock.Read([(100, Ms(-1300))], Slot).Should().BeNull();

    [Fact]
    public void Read_FewVotes_BelievesTheGivenLength() =>
        SlotClock.Read([(100, Ms(-700)), (101, Ms(-200))], Slot)!.Slot.Should().Be(Slot);

    [Fact]
    public void Read_ManyVotes_MeasuresTheLength() =>
        SlotClock.Read(Votes(from: 100, count: 12, length: 430, last: -50), Slot)!.Slot.Should().BeCloseTo(Ms(430), Ms(0.001));

    [Fact]
    public void VoteSeen_OneOfFourWasLate_IsAQuarterOfItOff()
    {
        var votes = Votes(from: 100, count: 12, length: 400, last: -100);
        votes[^2] = (votes[^2].Slot, votes[^2].SeenAt + Ms(40));

        SlotClock.Read(votes, Slot)!.VoteSeen(1).Should().BeCloseTo(Ms(310), Ms(0.001));
    }

    [Fact]
    public void VoteSeen_ASlotHadNoBlock_CountsItAllTheSame() =>
        SlotClock.Read([(100, Ms(-1300)), (102, Ms(-500)), (103, Ms(-100))], Slot)!.VoteSeen(2).Should().BeCloseTo(Ms(700), Ms(1));

    [Fact]
    public void VoteSeen_TheNewestIsOverdue_IsStillToCome() =>
        SlotClock.Read([(100, Ms(-900))], Slot)!.VoteSeen(1).Should().Be(Ms(300));

    private static List<(ulong Slot, TimeSpan SeenAt)> Votes(ulong from, int count, double length, double last) =>
        [.. Enumerable.Range(0, count).Select(index => (from + (ulong)index, Ms(last - ((count - 1 - index) * length))))];

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
