using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>What is remembered of one witness when its slot goes backwards.</summary>
public sealed class WitnessHistoryTests
{
    private const ulong Slot = 5000;

    private static readonly DetectionRules Rules = new();
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly WitnessHistory Before = WitnessHistory.After(before: null, Slot, vote: Slot - 1, asked: Second, by: 2 * Second, Rules);

    /// <summary>A load balancer passes the question to another node, which lags.</summary>
    [Fact]
    public void After_SlotFallsBackByTheLimit_KeepsItsHistory() =>
        After(Slot - (ulong)Rules.LostSlots).Should().BeEquivalentTo(Before with { Asked = 3 * Second });

    [Fact]
    public void After_SlotFallsBackByMore_StartsAgainAndItsAdvanceIsAsOldAsBefore()
    {
        var slot = Slot - (ulong)Rules.LostSlots - 1;

        After(slot).Should().BeEquivalentTo(new WitnessHistory
        {
            Slot = slot,
            AdvancedBy = 4 * Second,
            AdvanceAsked = Second,
            Asked = 3 * Second,
            Vote = new SightedVote(slot - 1, 3 * Second, 4 * Second),
        });
    }

    private static WitnessHistory After(ulong slot) => WitnessHistory.After(Before, slot, vote: slot - 1, asked: 3 * Second, by: 4 * Second, Rules);
}
