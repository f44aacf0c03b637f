using FluentAssertions;
using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Testing.Simulation.Time;
using Xunit;

namespace Tachyon.Failover.Tests.Schedule;

public sealed class SlotPaceTests
{
    [Fact]
    public void Slot_OneSlotWasSeen_IsNotSaid()
    {
        var pace = new SlotPace();
        pace.Slot.Should().BeNull();
        pace.See(100, TimeSpan.Zero);

        pace.Slot.Should().BeNull();
        pace.Newest.Should().Be(100);
    }

    [Fact]
    public void IsClose_OnlyAfterEightSeconds()
    {
        var pace = new SlotPace();
        pace.See(100, TimeSpan.Zero);
        pace.See(119, TimeSpan.FromSeconds(7.9));
        pace.IsClose.Should().BeFalse();

        pace.See(120, TimeSpan.FromSeconds(8));
        pace.IsClose.Should().BeTrue();
    }

    /// <summary>For every slot time and every time of a look: never more than the truth, and after a minute nearly all of it.</summary>
    [Theory]
    [InlineData(150)]
    [InlineData(400)]
    [InlineData(437)]
    [InlineData(1900)]
    public void Slot_RandomProbes_IsNeverTooLong(int milliseconds)
    {
        var slot = TimeSpan.FromMilliseconds(milliseconds);
        for (ulong seed = 1; seed <= 200; seed++)
        {
            var random = new SeededRandom(seed, "looks");
            var pace = new SlotPace();
            for (var at = random.Milliseconds(0, 2000); at < TimeSpan.FromMinutes(3); at += random.Milliseconds(300, 5000))
            {
                pace.See(1000 + (ulong)(at / slot), at);
                (pace.Slot ?? TimeSpan.Zero).Should().BeLessThanOrEqualTo(slot, "seed {0}", seed);
            }

            pace.Slot.Should().BeGreaterThan(slot * (1 - (3.2 * (slot / TimeSpan.FromSeconds(50)))), "seed {0}", seed);
        }
    }

    [Fact]
    public void Slot_AnswersOfANodeThatIsBehind_ChangeNothing()
    {
        var pace = new SlotPace();
        pace.See(100, TimeSpan.Zero);
        pace.See(120, TimeSpan.FromSeconds(8));
        var before = pace.Slot;

        pace.See(90, TimeSpan.FromSeconds(9));
        pace.See(120, TimeSpan.FromSeconds(30));

        pace.Slot.Should().Be(before);
        pace.Newest.Should().Be(120);
    }

    [Fact]
    public void Slot_ThePaceChanges_WhatIsOlderThanAMinuteIsForgotten()
    {
        var pace = new SlotPace();
        for (var second = 0; second <= 100; second++)
        {
            pace.See((ulong)second, TimeSpan.FromSeconds(second));
        }

        for (var second = 101; second <= 200; second++)
        {
            pace.See(100 + (ulong)((second - 100) * 4), TimeSpan.FromSeconds(second));
        }

        pace.Slot.Should().BeCloseTo(TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(8));
    }
}
