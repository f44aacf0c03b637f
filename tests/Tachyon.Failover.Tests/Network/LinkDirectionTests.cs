using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Testing.Network;
using Xunit;

namespace Tachyon.Failover.Tests.Network;

/// <summary>The arrival of bytes, in virtual time and without a socket.</summary>
public sealed class LinkDirectionTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LinkDirection _link;
    private int _cuts;

    public LinkDirectionTests() => _link = Seeded(1);

    [Fact]
    public void Plan_NothingSet_IsAtOnce() => Pieces(_link, 3).Should().Equal(0, 0, 0);

    [Fact]
    public void Plan_Latency_IsWhatAByteTakesAndNotThePieceBeforeIt()
    {
        _link.Latency = TimeSpan.FromMilliseconds(50);
        Pieces(_link, 3).Should().Equal(50, 50, 50);
    }

    [Fact]
    public void Plan_Bandwidth_IsSharedByAllConnections()
    {
        _link.BytesPerSecond = 1000;
        var (one, other) = (Due(_link, 100), Due(_link, 100));
        (one, other).Should().Be((100, 200));
        _time.Advance(TimeSpan.FromSeconds(1));
        Due(_link, 100).Should().Be(100, "the line was idle meanwhile, which saves up nothing");
    }

    [Fact]
    public void Plan_Jitter_IsFromNothingToItAndNeverOvertakes()
    {
        _link.Latency = TimeSpan.FromMilliseconds(10);
        _link.Jitter = TimeSpan.FromMilliseconds(40);
        var apart = Enumerable.Range(0, 2000).Select(_ => Due(_link, 1)!.Value).ToArray();
        apart.Should().OnlyContain(due => due >= 10 && due <= 50);
        apart.Average().Should().BeInRange(28, 32);
        apart.Min().Should().BeLessThan(11);
        apart.Max().Should().BeGreaterThan(49);
        Pieces(_link, 100).Should().BeInAscendingOrder().And.Contain(due => due > 45);
    }

    [Fact]
    public void Plan_StallRate_TakesThatPartOfThePiecesForThatLong()
    {
        _link.StallRate = 0.1;
        _link.StallLength = TimeSpan.FromMilliseconds(300);
        var dues = Enumerable.Range(0, 5000).Select(_ => Due(_link, 1)!.Value).ToArray();
        dues.Should().OnlyContain(due => due == 0 || due == 300);
        dues.Count(due => due == 300).Should().BeInRange(400, 600);
    }

    [Fact]
    public void Plan_CutRate_TakesThatPartOfThePieces()
    {
        _link.CutRate = 0.2;
        Enumerable.Range(0, 5000).Count(_ => Due(_link, 1) is null).Should().BeInRange(850, 1150);
    }

    [Fact]
    public void Plan_SameSeed_DrawsTheSameWhateverElseIsSet()
    {
        var (one, same, other) = (Seeded(7), Seeded(7), Seeded(8));
        foreach (var link in new[] { one, same, other })
        {
            link.Jitter = TimeSpan.FromSeconds(1);
        }

        same.StallRate = 0.5;
        same.StallLength = TimeSpan.Zero;
        var first = Enumerable.Range(0, 20).Select(_ => Due(one, 1)).ToArray();
        Enumerable.Range(0, 20).Select(_ => Due(same, 1)).Should().Equal(first);
        Enumerable.Range(0, 20).Select(_ => Due(other, 1)).Should().NotEqual(first);
    }

    [Fact]
    public void Take_CutAfter_LetsThatManyPassAndThenCuts()
    {
        _link.CutAfter(10);
        (_link.Take(6), _link.Take(6), _link.Take(6)).Should().Be((6, 4, 0));
        _link.CutAfterLastByte();
        _cuts.Should().Be(1);
        _link.Take(6).Should().Be(6);
    }

    [Fact]
    public void StallFor_WithinAnother_MakesItLongerAndNeverShorter()
    {
        var start = _time.GetTimestamp();
        _link.StallFor(TimeSpan.FromSeconds(2));
        _link.StallFor(TimeSpan.FromSeconds(1));
        _time.GetElapsedTime(start, _link.ClosedUntil).Should().Be(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Heal_AllFaults_LeavesWhatIsNoFault()
    {
        _link.Latency = TimeSpan.FromMilliseconds(30);
        _link.StallRate = _link.CutRate = 1;
        _link.Stall();
        _link.StallFor(TimeSpan.FromHours(1));
        _link.Swallow();
        _link.CutAfter(0);
        _link.Heal();
        Due(_link, 1).Should().Be(30);
        _link.Passable.IsCompleted.Should().BeTrue();
        _link.ClosedUntil.Should().Be(_time.GetTimestamp());
        _link.Swallows.Should().BeFalse();
        _link.Take(5).Should().Be(5);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Rates_OutOfBounds_Throw(double rate)
    {
        var stall = () => _link.StallRate = rate;
        var cut = () => _link.CutRate = rate;
        stall.Should().Throw<ArgumentOutOfRangeException>();
        cut.Should().Throw<ArgumentOutOfRangeException>();
    }

    private LinkDirection Seeded(ulong seed) => new(seed, "a link", _time, () => _cuts++);

    /// <summary>In milliseconds from now, in a new connection.</summary>
    private double? Due(LinkDirection link, int length) =>
        link.Plan(length, _time.GetTimestamp()) is { } due ? _time.GetElapsedTime(_time.GetTimestamp(), due).TotalMilliseconds : null;

    /// <summary>The pieces of one connection.</summary>
    private double[] Pieces(LinkDirection link, int count)
    {
        var now = _time.GetTimestamp();
        var due = now;
        return [.. Enumerable.Range(0, count).Select(_ => _time.GetElapsedTime(now, due = link.Plan(1, due)!.Value).TotalMilliseconds)];
    }
}
