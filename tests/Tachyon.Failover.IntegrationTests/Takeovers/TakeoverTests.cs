using FluentAssertions;
using Tachyon.Failover.Benchmarks.Takeovers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Takeovers;

/// <summary>The scenarios of the benchmark <c>takeover</c>, over real sshd: how each ends, and that nothing is broken on the way.</summary>
public sealed class TakeoverTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>All but one, which is lost as another one is, and refused as another one is: the benchmark has it.</summary>
    public static TheoryData<string> Scenarios => [.. TakeoverScenarios.All.Select(scenario => scenario.Name).Where(name => name != "cut")];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task TakeoverAsync_NodeIsLost_EndsAsItMustAndOneNodeVotes(string name)
    {
        var scenario = TakeoverScenarios.All.Single(scenario => scenario.Name == name);

        var row = await TakeoverTrack.RunAsync(scenario, TimeSpan.Zero, TakeoverRules.Hasty, seed: 1, Token);

        row.Outcome.Should().Be(scenario.Outcome, "{0}", row.Result);
        row.Grade.Should().Be(scenario.Grade, "{0}", row.Result);
        row.DoubleVotes.Should().Be(0, "{0}", row.Result);
        row.RefusedVotes.Should().Be(0, "{0}", row.Result);
        row.OwedInTheEnd.Should().Be(0, "{0}", row.Result);
        row.Runs.Should().Be(scenario.Outcome == FailoverOutcome.Completed ? "b" : "a", "{0}", row.Result);
        if (!scenario.IsSilent)
        {
            row.MissedSlots.Should().Be(0, "it voted all the time: {0}", row.Result);
            row.Result.Should().Contain("to raise it");
        }
    }
}
