using System.Diagnostics;
using FluentAssertions;
using Tachyon.Failover.Telemetry;
using Xunit;

namespace Tachyon.Failover.Tests.Telemetry;

public sealed class SpanTests
{
    [Fact]
    public void SwitchoverAsync_Completed_IsASpanWithOneForEachStep()
    {
        using var caller = new Activity("caller").Start();
        var scene = new WatchedScene();
        using var listeners = new Listeners(scene);

        var result = scene.Switchover();

        var run = listeners.Spans.Single(span => span.OperationName == FailoverTelemetry.SwitchoverSpan);
        run.ParentSpanId.Should().Be(caller.SpanId);
        run.TraceId.Should().Be(caller.TraceId);
        run.StartTimeUtc.Should().Be(result.StartedAt.UtcDateTime);
        run.Duration.Should().Be(result.Elapsed);
        run.Status.Should().Be(ActivityStatusCode.Ok);
        run.TagObjects.Should().BeEquivalentTo(new Dictionary<string, object?>
        {
            [FailoverTelemetry.IdentityTag] = result.StakedIdentity.ToString(),
            [FailoverTelemetry.SourceTag] = scene.Source,
            [FailoverTelemetry.TargetTag] = scene.Target,
            [FailoverTelemetry.RunTag] = result.RunId.ToString(),
            [FailoverTelemetry.OutcomeTag] = "Completed",
            [FailoverTelemetry.IdentityAtTag] = "Target",
        });
        var steps = listeners.Spans.Where(span => span.OperationName == FailoverTelemetry.StepSpan).ToList();
        steps.Should().OnlyContain(step => step.ParentSpanId == run.SpanId && step.TraceId == run.TraceId && step.Status != ActivityStatusCode.Error);
        steps.Select(step => (step.GetTagItem(FailoverTelemetry.StepTag), step.GetTagItem(FailoverTelemetry.NodeTag), step.StartTimeUtc, step.Duration)).Should().Equal(
            result.Steps.Select(step => ((object?)step.Step, (object?)step.Node, (result.StartedAt + step.EndedAt - step.Elapsed).UtcDateTime, step.Elapsed > TimeSpan.Zero ? step.Elapsed : TimeSpan.FromTicks(1))),
            "a span lasts at least a tick");
        steps.Select(step => step.DisplayName).Should().Contain([$"DemoteSource on {scene.Source}", $"PromoteTarget on {scene.Target}", "Verify"]);
    }

    [Fact]
    public void SwitchoverAsync_Undone_IsAnErrorWithItsReason()
    {
        var scene = new WatchedScene().Before(FailoverStep.DeliverTower, static (world, _) => world.B.DiskIsFull = true);
        using var listeners = new Listeners(scene);

        var result = scene.Switchover();

        result.Outcome.Should().Be(FailoverOutcome.RolledBack, "{0}", result);
        var run = listeners.Spans.Single(span => span.OperationName == FailoverTelemetry.SwitchoverSpan);
        (run.Status, run.StatusDescription).Should().Be((ActivityStatusCode.Error, result.Reason));
        run.GetTagItem(FailoverTelemetry.OutcomeTag).Should().Be("RolledBack");
        var deliver = listeners.Spans.Single(span => Equals(span.GetTagItem(FailoverTelemetry.StepTag), "DeliverTower"));
        deliver.Status.Should().Be(ActivityStatusCode.Error);
        deliver.GetTagItem(FailoverTelemetry.FailureTag).Should().Be("DiskFull");
    }

    [Fact]
    public void Probes_EachOfThem_AreSpansToo()
    {
        var scene = new WatchedScene();
        using var listeners = new Listeners(scene);

        scene.PreflightReport();
        scene.DryRun();
        scene.Diagnose();
        scene.Recover();

        listeners.Spans.Where(span => span.OperationName != FailoverTelemetry.StepSpan).Select(span => (span.OperationName, span.GetTagItem(FailoverTelemetry.OutcomeTag))).Should().Equal(
            (FailoverTelemetry.PreflightSpan, "clear"),
            (FailoverTelemetry.DryRunSpan, "clear"),
            (FailoverTelemetry.DiagnosisSpan, "ActiveOnSource"),
            (FailoverTelemetry.RecoverySpan, "NothingToDo"));
    }
}
