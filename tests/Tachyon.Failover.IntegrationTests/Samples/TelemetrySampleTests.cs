using FluentAssertions;
using Tachyon.Failover.IntegrationTests.Package;
using Tachyon.Failover.Telemetry;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Samples;

/// <summary>The sample as a person runs it: a switchover between two stand-ins, and what it tells in the console.</summary>
public sealed class TelemetrySampleTests
{
    [Fact]
    public async Task Sample_Run_CompletesAndShowsSpansMeasurementsAndLog()
    {
        var text = await DotNet.RunAsync(Repository.Root, TestContext.Current.CancellationToken, BuiltSample.PathOf("Telemetry", "Telemetry"));

        text.Should().Contain("Completed. The staked identity is at b (the target).");
        text.Should().Contain($"Activity.DisplayName:        {FailoverTelemetry.SwitchoverSpan}").And.Contain("Activity.DisplayName:        PromoteTarget on b");
        text.Should().ContainAll(
            $"Metric Name: {FailoverTelemetry.SwitchoversCounter}",
            $"Metric Name: {FailoverTelemetry.GapDurationHistogram}",
            $"Metric Name: {FailoverTelemetry.MissedSlotsHistogram}",
            $"Metric Name: {FailoverTelemetry.StepDurationHistogram}");
        text.Should().Contain("info: Tachyon.Failover[4]");
    }
}
