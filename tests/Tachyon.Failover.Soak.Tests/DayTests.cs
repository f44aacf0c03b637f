using FluentAssertions;
using Tachyon.Failover.Soak.Takeovers;
using Xunit;

namespace Tachyon.Failover.Soak.Tests;

/// <summary>Hours of a watch in virtual time. A whole day: <c>dotnet run -c Release --project tests/Tachyon.Failover.Soak -- --day</c>.</summary>
public sealed class DayTests
{
    [Fact]
    public void Play_AnHourOfPassingFaultsAndALoss_NothingIsTakenOverWronglyAndNothingIsMissed()
    {
        var hour = DayRun.Play(seed: 1, TimeSpan.FromHours(1), losses: 1);

        hour.PassingFaults.Should().BeGreaterThan(300);
        hour.Wrong.Should().BeEmpty();
        hour.Broken.Should().BeEmpty();
        (hour.Losses, hour.TakenOver).Should().Be((1, 1));
        hour.LongestSeconds.Should().BeLessThan((new DetectionRules().LostAfter + TimeSpan.FromMinutes(1)).TotalSeconds);
    }
}
