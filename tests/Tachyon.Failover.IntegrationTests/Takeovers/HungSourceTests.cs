using System.Runtime.Versioning;
using FluentAssertions;
using Tachyon.Failover.Nodes;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Takeovers;

/// <summary>The active validator hangs, and its node has some other trouble.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HungSourceTests : HungSourceScene
{
    [Fact]
    public async Task F4_TakeoverAsync_StopCommandLeavesAProcessInTheBackground_Completes()
    {
        await using var nodes = Nodes(Scene.Active.Settings.With(static it =>
        {
            it.StopCommand = ["sh", "-c", "sleep 20 & echo started"];
            it.TimeLimits = new ValidatorTimeLimits { Stop = TimeSpan.FromSeconds(2) };
        }));
        await SilentAsync();

        var result = await Coordinator.TakeoverAsync(nodes.FromAToB, Policy, cancellationToken: Token);

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        result.Evidence!.Grade.Should().Be(EvidenceGrade.Fenced, "{0}", result);
        result.PendingDemotions.Should().BeEmpty("{0}", result);
    }

    [Fact]
    public async Task S4_TakeoverAsync_FirstReadOfTheLinkAfterTheStopIsSlow_CostsOneMoreProbe()
    {
        await using var nodes = Nodes(Scene.Active.Settings);
        var pair = nodes.FromAToB;
        var slow = new SlowAfterStop(pair.Source.Process!, pair.Source.Link, Policy.CallTimeout + TimeSpan.FromSeconds(1));
        pair = pair with { Source = pair.Source with { Process = slow, Link = slow } };
        await SilentAsync();

        var result = await Coordinator.TakeoverAsync(pair, Policy, cancellationToken: Token);

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        result.Evidence!.Grade.Should().Be(EvidenceGrade.Fenced, "{0}", result);
        slow.Reads.Should().Be(2);
    }

    /// <summary>The first read of the link after a stop takes longer than a takeover waits for it.</summary>
    private sealed class SlowAfterStop(IValidatorProcess process, IIdentityLink link, TimeSpan slow) : IValidatorProcess, IIdentityLink
    {
        private bool _wasStopped;

        public int Reads { get; private set; }

        public TimeSpan LongestStop => process.LongestStop;

        public string CommandToStop => process.CommandToStop;

        public Task<CallResult> StopAsync(CancellationToken cancellationToken = default)
        {
            _wasStopped = true;
            return process.StopAsync(cancellationToken);
        }

        public Task<CallResult> VerifyStoppedAsync(CancellationToken cancellationToken = default) => process.VerifyStoppedAsync(cancellationToken);

        public async Task<CallResult<IdentityLinkTarget>> ReadAsync(CancellationToken cancellationToken = default)
        {
            if (_wasStopped && ++Reads == 1)
            {
                await Task.Delay(slow, TimeProvider.System, cancellationToken);
            }

            return await link.ReadAsync(cancellationToken);
        }

        public Task<CallResult> PointAtAsync(IdentityRole identity, CancellationToken cancellationToken = default) => link.PointAtAsync(identity, cancellationToken);

        public string CommandToPointAt(IdentityRole identity) => link.CommandToPointAt(identity);
    }
}
