using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>What a promotion means for the leader slots of the identity.</summary>
public sealed class LeaderSlotRuleTests
{
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(400);

    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(1, false, 18)]
    [InlineData(17.9, false, 18)]
    [InlineData(18.1, false, 18.1)]
    [InlineData(60, false, 60)]
    [InlineData(1, true, 1)]
    public void IdleAtDemotion_OfAWish_LeavesFortySlotsAfterThePromotion(double wished, bool leadsAtOnce, double seconds) =>
        LeaderSlotRule.IdleAtDemotion(TimeSpan.FromSeconds(wished), Slot, leadsAtOnce).Should().Be(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void WithoutBlock_LeaderSlots_AreThoseThatTheChainDoesNotHaveAsFarAsItIsKnown() =>
        LeaderSlotRule.WithoutBlock([92, 93, 94, 95, 104, 105], [90, 92, 93, 96, 98, 104]).Should().Equal(94UL, 95UL);

    [Fact]
    public void WithoutBlock_EitherIsUnknown_IsUnknown()
    {
        LeaderSlotRule.WithoutBlock(null, [90]).Should().BeNull();
        LeaderSlotRule.WithoutBlock([90], null).Should().BeNull();
    }

    [Fact]
    public void Ahead_LeaderSlots_AreThoseAfterTheKnownChainAndBeforeTheTargetLeadsAgain()
    {
        LeaderSlotRule.Ahead([104, 105, 106, 139, 140], [100, 105], firstVote: 100).Should().Equal(106UL, 139UL);
        LeaderSlotRule.Ahead([99, 100, 101], blocks: null, firstVote: 100).Should().Equal(101UL);
        LeaderSlotRule.Ahead([101], blocks: [], firstVote: 100).Should().Equal(101UL);
        LeaderSlotRule.Ahead(null, [100], firstVote: 100).Should().BeEmpty();
    }
}
