using CsCheck;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.RestartWindows;
using Xunit;

namespace Tachyon.Failover.Tests.Schedule;

public sealed class LeaderSlotsTests
{
    private static readonly EpochInfo Epoch = new() { Epoch = 3, SlotIndex = 5, SlotsInEpoch = 100, AbsoluteSlot = 305 };

    /// <summary>Rows of leader slots, from none to nearly all; complete and partial epochs; questions within, at and beyond the ends.</summary>
    private static readonly Gen<(SlotBySlot Schedule, ulong From, ulong Slots)> Questions =
        from length in Gen.Int[1, 400]
        from epoch in Gen.ULong[0, 3]
        from share in Gen.OneOf(Gen.Double[0, 0.02], Gen.Double[0, 0.2], Gen.Double[0, 1])
        from row in Gen.Int[1, 5]
        from current in Leaders(length, share, row)
        from next in Leaders(length, share, row)
        from known in Gen.Int[0, 9]
        from asked in Gen.Int[-20, (2 * length) + 20]
        from slots in Gen.ULong[0, 60]
        let first = 1000 + (epoch * (ulong)length)
        select (new SlotBySlot(first, known == 0 ? null : current, known <= 3 ? null : next), (ulong)((long)first + asked), slots);

    [Fact]
    public void Search_4000RandomSchedules_IsThatOfASearchSlotBySlot()
    {
        var (found, acrossTheEnd, cutOff, none) = (0, 0, 0, 0);
        Questions.Sample(
            question =>
            {
                var (schedule, from, slots) = question;
                var leader = Of(schedule);

                leader.NextFrom(from).Should().Be(schedule.NextFrom(from));
                var window = leader.FindFrom(from, slots);
                (window is { } w ? (w.FirstSlot, w.Slots, w.EndsUnknown) : ((ulong, ulong, bool)?)null).Should().Be(schedule.FindFrom(from, slots));
                leader.WindowsFrom(from).Select(Bounds).Should().Equal(AllFrom(schedule, from));

                var end = schedule.FirstSlot + (ulong)(schedule.Current?.Length ?? 0);
                found += window is null ? 0 : 1;
                none += window is null ? 1 : 0;
                acrossTheEnd += window?.FirstSlot < end && window?.EndSlot > end ? 1 : 0;
                cutOff += window is { EndsUnknown: true } ? 1 : 0;
            },
            seed: "0000KrZ5oVg4",
            iter: 4_000,
            threads: 1);

        // Otherwise the test would prove nothing.
        new[] { found, acrossTheEnd, cutOff, none }.Should().OnlyContain(count => count > 200);
    }

    [Fact]
    public void Of_BothEpochs_IsKnownToTheEndOfTheNext()
    {
        var leader = LeaderSlots.Of(Epoch, [10, 11], [0, 99]);

        leader.FirstSlot.Should().Be(300);
        leader.EndSlot.Should().Be(500);
        leader.Slots.Should().Equal(310, 311, 400, 499);
    }

    [Fact]
    public void Of_EpochsStillGrow_TheRestOfTheNextIsNotKnown()
    {
        var leader = LeaderSlots.Of(Epoch, [], [50, 150]);

        leader.Slots.Should().Equal(450);
        leader.WindowsFrom(451).Select(Bounds).Should().Equal((451, 500, true));
    }

    [Fact]
    public void WindowsFrom_LeadsNoSlot_EndsWhereNothingIsKnown() =>
        LeaderSlots.Of(Epoch, [], next: null).WindowsFrom(305).Select(Bounds).Should().Equal((305, 400, true));

    [Fact]
    public void WindowsFrom_CurrentEpochNotKnown_None() =>
        LeaderSlots.Of(Epoch, current: null, next: [3]).Should().Match<LeaderSlots>(leader => leader.EndSlot == 300 && !leader.WindowsFrom(0).Any() && leader.NextFrom(0) == null);

    [Fact]
    public void Of_NonsensicalEpoch_DoesNotOverflow()
    {
        var last = new EpochInfo { Epoch = 1, SlotIndex = 0, SlotsInEpoch = ulong.MaxValue - 5, AbsoluteSlot = 100 };

        var leader = LeaderSlots.Of(last, [1], [1]);

        leader.EndSlot.Should().Be(ulong.MaxValue);
        leader.WindowsFrom(0).Should().NotBeEmpty();
    }

    private static Gen<bool[]> Leaders(int length, double share, int row) =>
        Gen.Double.Unit.Array[(length / row) + 1].Select(draws => Enumerable.Range(0, length).Select(index => draws[index / row] < share).ToArray());

    private static LeaderSlots Of(SlotBySlot schedule) => LeaderSlots.Of(
        new EpochInfo { Epoch = 1, SlotIndex = 0, SlotsInEpoch = (ulong)(schedule.Current?.Length ?? 10), AbsoluteSlot = schedule.FirstSlot },
        Indices(schedule.Current),
        Indices(schedule.Next));

    private static ulong[]? Indices(bool[]? leads) => leads is null ? null : [.. Enumerable.Range(0, leads.Length).Where(index => leads[index]).Select(index => (ulong)index)];

    private static (ulong First, ulong End, bool EndsUnknown) Bounds(RestartWindow window) => (window.FirstSlot, window.EndSlot, window.EndsUnknown);

    private static IEnumerable<(ulong First, ulong End, bool EndsUnknown)> AllFrom(SlotBySlot schedule, ulong from)
    {
        while (schedule.FindFrom(from, slots: 1) is { } window)
        {
            from = window.First + window.Slots;
            yield return (window.First, from, window.EndsUnknown);
        }
    }
}
