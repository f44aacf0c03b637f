using FluentAssertions;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Towers;

public sealed class TowerVoteTests
{
    [Theory]
    [InlineData(100, 1, 102)]
    [InlineData(100, 2, 104)]
    [InlineData(0, 31, 2147483648)]
    [InlineData(ulong.MaxValue - 2, 1, ulong.MaxValue)]
    [InlineData(ulong.MaxValue - 1, 1, ulong.MaxValue)]
    [InlineData(ulong.MaxValue, 31, ulong.MaxValue)]
    public void LastLockedSlot_Confirmations_DoubleTheLockout(ulong slot, int confirmations, ulong last) =>
        new TowerVote(slot, confirmations).LastLockedSlot.Should().Be(last);
}
