using FluentAssertions;
using Tachyon.Failover.Telemetry;
using Xunit;

namespace Tachyon.Failover.Tests.Telemetry;

public sealed class MeasurementTests
{
    [Fact]
    public void SwitchoverAsync_Completed_IsCountedAndMeasured()
    {
        var scene = new WatchedScene();
        using var listeners = new Listeners(scene);

        var result = scene.Switchover();

        listeners.Of(FailoverTelemetry.SwitchoversCounter).Should().ContainSingle().Which.Should().BeEquivalentTo((1.0, new Dictionary<string, object?>
        {
            [FailoverTelemetry.IdentityTag] = result.StakedIdentity.ToString(),
            [FailoverTelemetry.SourceTag] = scene.Source,
            [FailoverTelemetry.TargetTag] = scene.Target,
            [FailoverTelemetry.OutcomeTag] = "Completed",
        }));
        listeners.Of(FailoverTelemetry.MissedSlotsHistogram).Select(measured => measured.Value).Should().Equal(result.Gap!.MissedSlots);
        listeners.Of(FailoverTelemetry.GapDurationHistogram).Select(measured => measured.Value).Should().Equal(result.Gap.Duration!.Value.TotalSeconds);
        listeners.Of(FailoverTelemetry.OwnWorkHistogram).Select(measured => measured.Value).Should().Equal(result.Gap.CoordinatorTime!.Value.TotalSeconds);
        listeners.Of(FailoverTelemetry.RefusedVotesCounter).Select(measured => measured.Value).Should().Equal(0);
        listeners.Of(FailoverTelemetry.StepDurationHistogram).Select(measured => (measured.Tags[FailoverTelemetry.StepTag], measured.Value)).Should().Equal(
            result.Steps.Select(step => ((object?)step.Step, step.Elapsed.TotalSeconds)));
        listeners.Of(FailoverTelemetry.PreflightFindingsCounter).Select(measured => measured.Tags[FailoverTelemetry.CodeTag]).Should().Equal(result.Preflight.Findings.Select(finding => finding.Code));
        listeners.Of(FailoverTelemetry.RecoveriesCounter).Should().BeEmpty();
    }

    [Fact]
    public void SwitchoverAsync_Refused_IsCountedWithWhatWasFound()
    {
        var scene = new WatchedScene().Before(FailoverStep.AwaitRestartWindow, static (world, _) => world.B.KillValidator());
        using var listeners = new Listeners(scene);

        scene.Switchover().Outcome.Should().Be(FailoverOutcome.Refused);

        listeners.Of(FailoverTelemetry.SwitchoversCounter).Should().ContainSingle().Which.Tags[FailoverTelemetry.OutcomeTag].Should().Be("Refused");
        listeners.Of(FailoverTelemetry.PreflightFindingsCounter).Should().Contain(
            measured => Equals(measured.Tags[FailoverTelemetry.CodeTag], "TF101") && Equals(measured.Tags[FailoverTelemetry.SeverityTag], "Blocker"));
        listeners.Of(FailoverTelemetry.GapDurationHistogram).Should().BeEmpty();
    }

    [Fact]
    public void RecoverAsync_PairInOrder_IsCounted()
    {
        var scene = new WatchedScene();
        using var listeners = new Listeners(scene);

        scene.Recover();

        listeners.Of(FailoverTelemetry.RecoveriesCounter).Should().ContainSingle().Which.Tags[FailoverTelemetry.OutcomeTag].Should().Be("NothingToDo");
        listeners.Of(FailoverTelemetry.SwitchoversCounter).Should().BeEmpty();
    }

    [Fact]
    public void RunAsync_OfAWatch_IsMeasuredWithEveryProbe()
    {
        var scene = new WatchedScene();
        using var listeners = new Listeners(scene);

        scene.Watch(TimeSpan.FromSeconds(5)).State.Should().Be(MonitorState.Healthy);

        listeners.Of(FailoverTelemetry.MonitorStateGauge).Select(measured => measured.Value).Should().HaveCountGreaterThan(3).And.OnlyContain(state => state == (int)MonitorState.Healthy);
        listeners.Of(FailoverTelemetry.MonitorSilentSlotsGauge).Should().OnlyContain(measured => measured.Value <= 8);
        listeners.Of(FailoverTelemetry.TowerCopyAgeGauge).Should().NotBeEmpty().And.OnlyContain(measured => measured.Value <= 8);
    }
}
