using FluentAssertions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Tachyon.Failover.Tests.Telemetry;

public sealed class LogTests
{
    [Fact]
    public void SwitchoverAsync_Completed_LogsEachStepAndWhatItCost()
    {
        using var log = new EventLog();
        var scene = new WatchedScene { Log = log };

        var result = scene.Switchover();

        log.Names.Where(name => name is "StepBegun" or "StepEnded").Should().HaveCount(2 * result.Steps.Count);
        log.Names.Should().ContainInOrder("SwitchoverBegun", "StepBegun", "StepEnded", "PreflightFound", "GapMeasured", "SwitchoverEnded", "Noted");
        log.Lines.Should().NotContain(line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public void SwitchoverAsync_Undone_LogsTheStepAndTheReasonAsWarnings()
    {
        using var log = new EventLog();
        var scene = new WatchedScene { Log = log }.Before(FailoverStep.DeliverTower, static (world, _) => world.B.DiskIsFull = true);

        var result = scene.Switchover();

        log.Lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Event.Name).Should().Contain(["StepNotDone", "SwitchoverRolledBack"]);
        log.Lines.Single(line => line.Event.Name == "SwitchoverRolledBack").Text.Should().Contain(result.Reason);
    }

    [Fact]
    public void SwitchoverAsync_Indeterminate_LogsAnErrorAndWhatAPersonMustDo()
    {
        using var log = new EventLog();
        var scene = new WatchedScene { Log = log }.Before(FailoverStep.PromoteTarget, static (world, coordinator) => coordinator.WireTo(world.B).Partition());

        var result = scene.Switchover();

        result.Outcome.Should().Be(FailoverOutcome.Indeterminate, "{0}", result);
        log.Lines.Should().ContainSingle(line => line.Level == LogLevel.Error).Which.Event.Name.Should().Be("RunIndeterminate");
        log.Names.Count(name => name == "FollowUpLeft").Should().Be(result.OperatorActions.Count).And.BePositive();
    }

    [Fact]
    public void SwitchoverAsync_Refused_LogsTheFindingAndTheRefusal()
    {
        using var log = new EventLog();
        var scene = new WatchedScene { Log = log }.Before(FailoverStep.AwaitRestartWindow, static (world, _) => world.B.KillValidator());

        scene.Switchover();

        log.Names.Should().Contain(["PreflightBlocked", "RunRefused"]);
    }

    [Fact]
    public void Probes_EachOfThem_LogWhatTheySaw()
    {
        using var log = new EventLog();
        var scene = new WatchedScene { Log = log };

        scene.PreflightReport();
        scene.DryRun();
        scene.Diagnose();
        scene.Recover();

        log.Names.Should().ContainInOrder("PreflightEnded", "DryRunEnded", "PairDiagnosed", "RecoveryBegun", "PairDiagnosed", "RecoveryEnded");
    }

    [Fact]
    public void SwitchoverAsync_ProgressAndListenersThrow_IsLogged()
    {
        using var log = new EventLog();
        var scene = new WatchedScene { Log = log, Progress = FailoverProgress.To(static _ => throw new InvalidOperationException("an observer's own trouble")) };
        using var listeners = new Listeners(scene, static () => throw new InvalidOperationException("a listener's own trouble"));

        scene.Switchover();

        log.Names.Should().Contain(["ObserverThrew", "ListenerThrew"]);
    }
}
