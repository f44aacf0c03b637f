using FluentAssertions;
using Tachyon.Failover.Benchmarks.Takeovers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Takeovers;

/// <summary>
/// The scenarios of the benchmark <c>takeover</c>, over real sshd: how each ends, and that nothing is broken on the way. All but one, which is lost as another one is, and refused as
/// another one is: the benchmark has it. In three parts, which run side by side.
/// </summary>
public abstract class TakeoverTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static async Task TakeOverAsync(string name)
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

public sealed class LostValidatorTests : TakeoverTests
{
    [Theory]
    [InlineData("killed")]
    [InlineData("hung")]
    [InlineData("sshd")]
    public Task TakeoverAsync_NodeIsLost_EndsAsItMustAndOneNodeVotes(string name) => TakeOverAsync(name);
}

public sealed class LostMachineTests : TakeoverTests
{
    [Theory]
    [InlineData("frozen")]
    [InlineData("cut-fenced")]
    public Task TakeoverAsync_NodeIsLost_EndsAsItMustAndOneNodeVotes(string name) => TakeOverAsync(name);
}

public sealed class LostNetworkTests : TakeoverTests
{
    [Theory]
    [InlineData("cut-observed")]
    public Task TakeoverAsync_NodeIsLost_EndsAsItMustAndOneNodeVotes(string name) => TakeOverAsync(name);
}
