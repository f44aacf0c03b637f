using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Runtime;
using Xunit;

namespace Tachyon.Failover.Tests.Timing;

public sealed class MomentTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Age_BothClocksGo_IsWhatHasPassed()
    {
        var moment = Moment.Now(_time);
        _time.Advance(TimeSpan.FromSeconds(3));

        moment.Age(_time).Should().Be(TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData(600, 603)]
    [InlineData(-600, 3)]
    public void Age_WallClockJumped_IsTheLongerOfTheTwo(int jump, int seconds)
    {
        var moment = Moment.Now(_time) with { WallClock = _time.GetUtcNow() - TimeSpan.FromSeconds(jump) };
        _time.Advance(TimeSpan.FromSeconds(3));

        moment.Age(_time).Should().Be(TimeSpan.FromSeconds(seconds));
    }
}
