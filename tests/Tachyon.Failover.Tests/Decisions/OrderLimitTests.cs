using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

public sealed class OrderLimitTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(4, 6)]
    [InlineData(10, 0)]
    [InlineData(600, 0)]
    public void LeftAfter_Age_IsWhatIsLeftOfTenSecondsAndNeverLessThanZero(int age, int left) =>
        OrderLimit.LeftAfter(TimeSpan.FromSeconds(age)).Should().Be(TimeSpan.FromSeconds(left));
}
