using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Tests.Reports;
using Tachyon.Failover.Daemon;
using Tachyon.Failover.Daemon.Guarding;
using Xunit;

namespace Tachyon.Failover.Tests.Daemon;

/// <summary>"Ready" means that it would act if the active node were lost now.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task W11_NothingIsInTheWay_IsReady()
    {
        using var scene = new DaemonScene();

        await scene.SeeHealthyAsync();

        scene.Status.WhyNotReady(scene.Time).Should().BeEmpty();
    }

    [Fact]
    public async Task W11_ACommandThatMustSucceedHoldsTheTakeover_IsNotReadyUntilVotesLand()
    {
        using var scene = new DaemonScene(hooks: [DaemonScene.Hook("fence", mustSucceed: true)]) { HookFails = _ => "it ended with 1" };

        await scene.SeeLostAsync();

        scene.Status.WhyNotReady(scene.Time).Should().ContainSingle().Which.Should().Contain("fence (it ended with 1) must succeed");
        await scene.SeeHealthyAsync();
        scene.Status.WhyNotReady(scene.Time).Should().BeEmpty();
    }

    /// <summary>Such as a lock file that this login may not open.</summary>
    [Fact]
    public async Task W11_TheTakeoverIsRefused_IsNotReadyAndSaysWhy()
    {
        using var scene = new DaemonScene();
        scene.Pair.TakesOver = _ => Task.FromResult(ScriptedPair.Stopped(FailoverStep.Prepare, CallResult.NotDone(CallFailure.Refused, "TF107: the lock file is closed to the user sol")));

        await scene.SeeLostAsync();

        scene.Status.WhyNotReady(scene.Time).Should().ContainSingle().Which.Should().Contain("ended Refused").And.Contain("TF107");
    }

    [Fact]
    public async Task W11_APauseIsAnnouncedAndVotesLand_IsNotReadyUntilItIsOver()
    {
        using var scene = new DaemonScene();
        await scene.Pause.PauseAsync(new MaintenancePause { Until = scene.Time.GetUtcNow() + TimeSpan.FromMinutes(5), Reason = "a new kernel" }, TestContext.Current.CancellationToken);

        await scene.SeeHealthyAsync();

        scene.Status.WhyNotReady(scene.Time).Should().ContainSingle().Which.Should().Contain("paused until").And.Contain("a new kernel");
        scene.Time.Advance(TimeSpan.FromMinutes(5));
        await scene.SeeHealthyAsync();
        scene.Status.WhyNotReady(scene.Time).Should().BeEmpty();
    }

    [Fact]
    public void W11_AGuardHasNotDemotedInItsTime_IsNotReadyAndSaysWhatIsLeft()
    {
        var time = new FakeTimeProvider();
        var (status, timings) = (new DaemonStatus(TimeSpan.FromSeconds(1)), new GuardTimings());
        var standing = new GuardStanding("north", timings, status, time);
        var report = new GuardReport { At = time.GetUtcNow(), State = GuardState.Demoting, Reason = "the node is not demoted yet; a person may run ln Unstaked" };

        standing.See(report);
        status.WhyNotReady(time).Should().BeEmpty("it is at work");
        for (var second = 0; second < 20; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            standing.See(report);
        }

        status.WhyNotReady(time).Should().ContainSingle().Which.Should().Contain("has not demoted the node").And.Contain("ln Unstaked");
    }

    [Fact]
    public void H7_AGuardThatDoesNotGuard_IsNotReady()
    {
        var time = new FakeTimeProvider();
        var status = new DaemonStatus(TimeSpan.FromSeconds(1));

        new GuardStanding("north", new GuardTimings(), status, time).See(new GuardReport { At = time.GetUtcNow(), State = GuardState.NotGuarding, Reason = "no validator answers" });

        status.WhyNotReady(time).Should().Contain("it does not guard: no validator answers");
    }

    [Fact]
    public async Task W12_Disabled_ReadsTheJournalAndTellsWhatIsOwed()
    {
        using var scene = new DaemonScene(isEnabled: false);
        scene.Turned.Debt = () => [Examples.Note("its link"), Examples.Note("its validator")];

        await scene.SeeHealthyAsync();

        scene.Status.Now.PendingDemotions.Should().Be(2);
        scene.EventNames.Should().Contain("demotion-pending");
        scene.Turned.Debt = () => [];
        for (var i = 0; i < 31; i++)
        {
            await scene.SeeHealthyAsync();
        }

        scene.Status.Now.PendingDemotions.Should().Be(0, "another program has paid");
    }

    [Fact]
    public async Task W12_JournalCannotBeRead_IsNoNumber()
    {
        using var scene = new DaemonScene();
        scene.Turned.Debt = () => throw new IOException("the disk is gone");

        await scene.SeeHealthyAsync();

        scene.Status.Now.PendingDemotions.Should().BeNull();
    }

    [Fact]
    public async Task W20_RefusedByALock_SaysNothingOfEvidence()
    {
        using var scene = new DaemonScene();
        scene.Pair.TakesOver = _ => Task.FromResult(ScriptedPair.Stopped(FailoverStep.Prepare, CallResult.NotDone(CallFailure.LockHeld, "another coordinator is at work on south")));

        await scene.SeeLostAsync();

        scene.Events.Single(happened => happened.Name == "after-takeover").Details.Should().BeEmpty("more evidence would not help");
    }

    [Fact]
    public async Task W15_LostIsUrgentAndTheStateHasAFieldOfItsOwn()
    {
        using var scene = new DaemonScene();
        await scene.Lease.AcquireAsync("another", TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        await scene.SeeHealthyAsync();
        await scene.SeeLostAsync();

        scene.Events.Select(happened => (happened.State, happened.Outcome, happened.IsUrgent)).Should().Equal(("Healthy", null, false), ("Lost", null, true));
        var document = Failover.Daemon.Events.EventDocument.Of(scene.Events[^1], "me", "identity");
        document.State.Should().Be("lost");
        document.Outcome.Should().BeNull();
    }
}
