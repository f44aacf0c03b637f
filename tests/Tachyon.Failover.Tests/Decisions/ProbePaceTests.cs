using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

public sealed class ProbePaceTests
{
    [Theory]
    [InlineData(50, 400)]
    [InlineData(400, 400)]
    [InlineData(401, 401)]
    [InlineData(5000, 5000)]
    public void H12_8_Of_AnySlot_LeavesAValidatorTheTimeOfARealSlot(int slot, int pace) =>
        ProbePace.Of(TimeSpan.FromMilliseconds(slot)).Should().Be(TimeSpan.FromMilliseconds(pace));
}
