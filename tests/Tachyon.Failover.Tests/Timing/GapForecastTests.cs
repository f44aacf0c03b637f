using FluentAssertions;
using Tachyon.Failover.Timing;
using Xunit;

namespace Tachyon.Failover.Tests.Timing;

public sealed class GapForecastTests
{
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(400);

    public static TheoryData<double> Beats => [.. Enumerable.Range(0, 20).Select(step => step * 50.0)];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.4, 1001.75)]
    [InlineData(-2500, -2003.5)]
    public void KeyBeat_IsTheNextOneFromATimeOn(double from, double beat) =>
        new KeyBeat(TimeSpan.Zero).From(Ms(from)).Should().BeCloseTo(Ms(beat), Ms(0.001));

    /// <summary>
    /// The fence goes out behind the vote at 0, so the last vote is for the block at 400 ms. A beat at 1150 ms, right before the block at 1200, finds a target that was
    /// promoted before 800 ms standing still at the block of 800 ms: nothing is missed. One at 850 comes too early for many fences, and the next is a second away.
    /// </summary>
    [Fact]
    public void MissedBehind_ABeatBeforeTheSecondBlock_IsBetterThanOneThatMostFencesMiss() =>
        Forecast(beat: 1150).MissedBehind(1).Should().BeLessThan(0.7 * Forecast(beat: 850).MissedBehind(1));

    [Theory]
    [MemberData(nameof(Beats))]
    public void BestMoment_AnyBeat_IsOneOfTheNextVotesAndTheCheapest(double beat)
    {
        var forecast = Forecast(beat);
        var wait = forecast.BestMoment();

        wait.Should().BeGreaterThanOrEqualTo(TimeSpan.Zero).And.BeLessThan(7 * Slot);

        // The first vote comes in a millisecond, too soon for a fence before it.
        var chosen = 1 + (int)Math.Round((wait + (Slot / 2) - forecast.Votes.VoteSeen(1)) / Slot);
        var cheapest = Enumerable.Range(2, 6).Min(forecast.MissedBehind);
        forecast.MissedBehind(chosen).Should().BeLessThan(cheapest + 0.051);
    }

    /// <summary>A source beat 100 ms behind the vote at 401 ms: its fence is short, and of the votes before and behind it none is as good.</summary>
    [Fact]
    public void BestMoment_SourceBeatIsKnown_TakesTheVoteBeforeIt()
    {
        var forecast = Forecast(beat: 1500) with { SourceBeat = new KeyBeat(Ms(501)) };

        forecast.BestMoment().Should().BeCloseTo(Ms(201), Ms(0.001));
        forecast.MissedBehind(2).Should().Be(0);
    }

    /// <summary>Half a way there and half a way back: what is heard of a beat is old, and what is sent for it must be sent earlier.</summary>
    [Fact]
    public void MissedBehind_AllIsHeardLater_IsTheSame()
    {
        var near = Forecast(beat: 1500) with { SourceBeat = new KeyBeat(Ms(501)) };
        var far = near with
        {
            Votes = new SlotClock(Ms(-349), Slot),
            SourceBeat = new KeyBeat(Ms(551)),
            SourceRoundTrip = Ms(100),
        };

        far.MissedBehind(2).Should().Be(near.MissedBehind(2));
    }

    /// <summary>The fence arrives in the middle of the slot that the vote ends, whatever the way there.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(250)]
    public void BestMoment_FarAway_SendsSoMuchEarlier(double roundTrip)
    {
        var forecast = Forecast(beat: 300) with { SourceRoundTrip = Ms(roundTrip) };
        var arrivesBeforeVoteIsSeen = (forecast.BestMoment() + Ms(roundTrip)).TotalMilliseconds % Slot.TotalMilliseconds;

        if (forecast.BestMoment() > TimeSpan.Zero)
        {
            arrivesBeforeVoteIsSeen.Should().BeApproximately(201, 0.001);
        }
    }

    private static GapForecast Forecast(double beat) => new()
    {
        Votes = new SlotClock(Ms(-399), Slot),
        TargetBeat = new KeyBeat(Ms(beat)),
        SourceRoundTrip = TimeSpan.Zero,
        TargetRoundTrip = TimeSpan.Zero,
    };

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
