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
    [InlineData("ready -1.00")]
    [InlineData("ready 1e9")]
    public void Guard_NodeDoesNotTellItsUptime_OnlyWhatMayComeLateIsSent(string greeting)
    {
        var uptime = NodeUptime.FromGreeting(greeting, _time)!;

        uptime.Guard(Request(within: null), _time)!.Text.Should().BeEmpty();
        uptime.Guard(Request(TimeSpan.FromSeconds(1)), _time).Should().BeNull();
    }

    [Fact]
    public void Guard_Within_CountsFromTheCallOnTheNodesOwnClock()
    {
        var uptime = NodeUptime.FromGreeting("ready 1000.25", _time)!;
        _time.Advance(TimeSpan.FromSeconds(20));
        var request = Request(TimeSpan.FromSeconds(6));
        _time.Advance(TimeSpan.FromSeconds(4));

        uptime.Guard(request, _time)!.Text.Should().Contain(" -lt 102625 ").And.EndWith("exit 91");
    }

    private ScriptRequest Request(TimeSpan? within) => new(ShellScript.Create($"true"), TimeSpan.FromSeconds(5)) { Within = within, AskedAt = _time.GetTimestamp() };
}
