using FluentAssertions;
using Tachyon.Failover.Pairs;
using Xunit;

namespace Tachyon.Failover.Tests.Cli;

public sealed class DirectionTests
{
    /// <summary>Whether each node runs the staked identity, null for no answer; and the active node that follows.</summary>
    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    [InlineData(true, null, true)]
    [InlineData(null, true, false)]
    [InlineData(null, false, true)]
    [InlineData(false, null, false)]
    [InlineData(true, true, null)]
    [InlineData(false, false, null)]
    [InlineData(null, null, null)]
    public void Tell_WhatTheNodesRun_NamesTheActiveOneOrSaysWhyNot(bool? first, bool? second, bool? isFirst)
    {
        var (found, whyNot) = Direction.Tell(first, second, "north", "south");

        found.Should().Be(isFirst);
        (whyNot is null).Should().Be(isFirst is not null);
    }
}
