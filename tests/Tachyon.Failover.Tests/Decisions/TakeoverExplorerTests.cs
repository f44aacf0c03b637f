using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>A takeover of a node that is alive, with mishaps.</summary>
public sealed class TakeoverExplorerTests
{
    [Theory]
    [InlineData(3, true)]
    [InlineData(3, false)]
    public void Explore_EveryWayWithSomeMishaps_NothingThatMustNeverBe(int mishaps, bool mayStop)
    {
        var explorer = new TakeoverExplorer(mishaps, mayStop);

        explorer.Explore();

        explorer.Broken.Should().BeEmpty();
        explorer.Promotions.Should().BePositive();
        explorer.Outcomes.Keys.Should().Contain([FailoverOutcome.Completed, FailoverOutcome.RolledBack, FailoverOutcome.Indeterminate]);
    }
}
