using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.Tests.Shells;

public sealed class NodeUptimeTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("readys")]
    [InlineData("held by somebody")]
    public void FromGreeting_AnotherLine_IsNone(string? line) => NodeUptime.FromGreeting(line, _time).Should().BeNull();

    [Theory]
    [InlineData("ready")]
    [InlineData("ready ")]
    [InlineData("ready -1.00 1700000000")]
    [InlineData("ready 1e9 1700000000")]
    [InlineData("ready 1000.25")]
    [InlineData("ready 1000.25 date: not found")]
    [InlineData("ready 1000.25 -5")]
    public void Guard_NodeDoesNotTellItsClocks_OnlyWhatMayComeLateIsSent(string greeting)
    {
        var uptime = NodeUptime.FromGreeting(greeting, _time)!;

        uptime.Guard(Request(within: null), _time)!.Text.Should().BeEmpty();
        uptime.Guard(Request(TimeSpan.FromSeconds(1)), _time).Should().BeNull();
    }

    [Fact]
    public void Guard_Within_CountsFromTheCallOnTheNodesOwnClock()
    {
        var uptime = NodeUptime.FromGreeting("ready 1000.25 1700000000", _time)!;
        _time.Advance(TimeSpan.FromSeconds(20));
        var request = Request(TimeSpan.FromSeconds(6));
        _time.Advance(TimeSpan.FromSeconds(4));

        uptime.Guard(request, _time)!.Text.Should().Contain(" -lt 102625 ").And.Contain(" -le 1700000026 ").And.EndWith("exit 91; }");
    }

    /// <summary>A new connection does not hide a pause of this program: the node's clocks count from the first reading.</summary>
    [Fact]
    public void H3_Since_ReadBefore_CountsFromTheEarlierReading()
    {
        var before = NodeUptime.FromGreeting("ready 1000.00 1700000000", _time);
        _time.Advance(TimeSpan.FromSeconds(1));
        var after = NodeUptime.FromGreeting("ready 1600.00 1700000600", _time)!.Since(before);

        after.Guard(Request(TimeSpan.FromSeconds(10)), _time)!.Text.Should().Contain(" -lt 101100 ").And.Contain(" -le 1700000011 ");
    }

    [Fact]
    public void H3_Since_NodeWasBootedBetween_OnlyTheWallClockCountsFromBefore()
    {
        var before = NodeUptime.FromGreeting("ready 1000.00 1700000000", _time);
        var after = NodeUptime.FromGreeting("ready 20.00 1700000600", _time)!.Since(before);

        after.Guard(Request(TimeSpan.FromSeconds(10)), _time)!.Text.Should().Contain(" -lt 3000 ").And.Contain(" -le 1700000010 ");
    }

    [Fact]
    public void Since_NothingWasReadBefore_IsItself()
    {
        var uptime = NodeUptime.FromGreeting("ready 1000.00 1700000000", _time)!;

        uptime.Since(null).Should().BeSameAs(uptime);
        uptime.Since(NodeUptime.FromGreeting("ready", _time)).Should().BeSameAs(uptime);
        NodeUptime.FromGreeting("ready", _time)!.Since(uptime).Guard(Request(TimeSpan.FromSeconds(1)), _time).Should().BeNull("it does not tell what its clocks show now");
    }

    private ScriptRequest Request(TimeSpan? within) => new(ShellScript.Create($"true"), TimeSpan.FromSeconds(5)) { Within = within, AskedAt = _time.GetTimestamp() };
}
