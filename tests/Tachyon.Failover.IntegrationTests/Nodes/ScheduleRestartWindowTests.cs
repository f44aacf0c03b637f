using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

/// <summary>The search by the leader schedule, as a stand-in validator's own RPC tells it. What else it does is shown in virtual time.</summary>
public sealed class ScheduleRestartWindowTests(ValidatorFixture validator) : IClassFixture<ValidatorFixture>
{
    [Fact]
    public async Task WaitAsync_ValidatorsOwnRpc_FindsWhatTheStandInsScheduleHas()
    {
        var token = TestContext.Current.CancellationToken;
        await using var shell = new LocalShell();
        using var rpc = HttpClusterRpc.OverShell(shell, validator.Settings.RpcPort);
        var notes = new List<string>();

        var window = await new ScheduleRestartWindow(rpc, validator.Cluster.StakedIdentity).WaitAsync(
            new RestartWindowRequest { MinimumIdle = TimeSpan.FromMinutes(2) }, new Lines(notes), token);

        window.IsDone.Should().BeTrue("{0}; {1}", window, string.Join('\n', notes));
        window.Value!.Idle.Should().BeGreaterThan(TimeSpan.FromMinutes(2)).And.BeLessThan(TimeSpan.FromHours(1), "two epochs of 4000 slots are known, none of which it leads");
        notes.Should().Contain(note => note.EndsWith("of epoch 1; measuring how long a slot takes", StringComparison.Ordinal));
    }

    private sealed class Lines(List<string> lines) : IProgress<string>
    {
        public void Report(string value) => lines.Add(value);
    }
}
