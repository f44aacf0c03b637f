using FluentAssertions;
using Tachyon.Failover.Takeover;
using Tachyon.Failover.Testing.Simulation;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

public sealed class TakeoverGapTests
{
    /// <summary>It was once counted from a missing seal: 739616 days in virtual time.</summary>
    [Fact]
    public void C5_TakeoverWithoutASeal_OwnWorkIsNotKnown()
    {
        var pair = new SimulatedPair(11);
        var policy = new TakeoverPolicy { MinimumGrade = EvidenceGrade.Asserted, OperatorStatement = "its machine is off" };

        var result = pair.Run(() => new FailoverCoordinator(new FailoverOptions { MinimumIdle = null, Journal = pair.Journal }, timeProvider: pair.Time).TakeoverAsync(pair.FromAToB, policy))!;

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        result.Gap!.CoordinatorTime.Should().BeNull();
        result.ToJson().Should().Contain("\"ownWorkMilliseconds\": null");
        result.ToSvg().Should().NotContain("own work");
    }
}
