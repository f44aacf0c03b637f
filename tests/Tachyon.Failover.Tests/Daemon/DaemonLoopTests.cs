using FluentAssertions;
using Tachyon.Failover.Tests.Reports;
using Tachyon.Failover.Daemon.Monitoring;
using Xunit;

namespace Tachyon.Failover.Tests.Daemon;

/// <summary>The daemon's reactions to the verdicts of its watch.</summary>
public sealed class DaemonLoopTests
{
    [Fact]
    public async Task SeeAsync_LostAndDisabled_SaysOnceWhatItWouldDoAndTouchesNothing()
    {
        using var scene = new DaemonScene(isEnabled: false);

        await scene.SeeHealthyAsync();
        for (var i = 0; i < 60; i++)
        {
            await scene.SeeLostAsync();
        }

        scene.Pair.Takeovers.Should().Be(0);
        scene.Events.Where(happened => happened.Name == "would-take-over").Should().ContainSingle().Which.Reason.Should().Contain("no vote has landed for 21 s").And.Contain("--enable");
        scene.Status.WhyNotReady(scene.Time).Should().Contain(reason => reason.Contains("disabled"));
    }

    [Fact]
    public async Task SeeAsync_LostTwiceAndDisabled_SaysItAgainTheSecondTime()
    {
        using var scene = new DaemonScene(isEnabled: false);

        await scene.SeeLostAsync();
        await scene.SeeHealthyAsync();
        await scene.SeeLostAsync();

        scene.EventNames.Should().Equal("would-take-over", "standing-changed", "would-take-over");
    }

    [Theory]
    [InlineData(MonitorState.Unknown)]
    [InlineData(MonitorState.Healthy)]
    [InlineData(MonitorState.Suspect)]
    public async Task SeeAsync_EnabledAndNotLost_TouchesNothing(MonitorState state)
    {
        using var scene = new DaemonScene();

        await scene.SeeAsync(new MonitorVerdict { State = state, Reason = "so it is" });

        scene.Pair.Takeovers.Should().Be(0);
        scene.Pair.Settlings.Should().Be(0);
    }

    [Fact]
    public async Task SeeAsync_LostAndEnabled_TakesOverOnceAndDisablesItselfForGood()
    {
        using var scene = new DaemonScene();
        scene.Pair.TakesOver = _ => Task.FromResult(ScriptedPair.Completed("its identity link was not seen to be moved"));

        await scene.SeeLostAsync();
        await scene.SeeLostAsync();

        scene.Pair.Takeovers.Should().Be(1);
        scene.DaemonLoop.HasTurned.Should().BeTrue();
        scene.DaemonLoop.State.Disabled.Should().Contain("It took over from north to south at 2026-11-23 19:00:01 UTC").And.Contain("reenable");
        scene.Mark.Read().Should().Be("It took over from north to south at 2026-11-23 19:00:01 UTC");
        scene.EventNames.Should().Equal("before-takeover", "demotion-pending", "after-takeover", "would-take-over");
        scene.Events.Single(happened => happened.Name == "after-takeover").Should().Match<Failover.Daemon.Events.DaemonEvent>(after => after.Outcome == "Completed" && after.Evidence == "Fenced");
    }

    [Fact]
    public async Task Enable_TakeoverOfBefore_StaysDisarmedAndPaysWhatIsOwed()
    {
        using var scene = new DaemonScene(mark: "It took over from south to north at 2026-11-22 03:00:00 UTC");
        scene.Turned.Debt = () => [Examples.Note("south is not known to be an inactive node")];

        await scene.SeeLostAsync();
        await scene.SeeHealthyAsync();

        scene.Pair.Takeovers.Should().Be(0);
        scene.Turned.Settlings.Should().Be(1, "the debt is on the node that is the target now");
        scene.DaemonLoop.State.PendingDemotions.Should().BeEmpty();
    }

    [Fact]
    public async Task SeeAsync_AnotherProgramLeftADebt_IsPaidWithoutAMark()
    {
        using var scene = new DaemonScene();
        scene.Turned.Debt = () => [Examples.Note("south is not known to be an inactive node")];

        await scene.SeeHealthyAsync();

        scene.Turned.Settlings.Should().Be(1);
        scene.EventNames.Should().Contain("demotion-pending").And.EndWith("demotion-completed");
    }

    [Fact]
    public async Task SeeAsync_NothingIsOwed_TouchesNothing()
    {
        using var scene = new DaemonScene(mark: "It took over");

        await scene.SeeHealthyAsync();

        scene.Turned.Settlings.Should().Be(0);
    }

    [Fact]
    public async Task SeeAsync_JournalCannotBeRead_IsReadAgain()
    {
        using var scene = new DaemonScene();
        scene.Turned.Debt = () => throw new IOException("the disk is gone");
        await scene.SeeHealthyAsync();
        scene.Turned.Debt = () => [Examples.Note("south is not known to be an inactive node")];

        await scene.SeeHealthyAsync();

        scene.Turned.Settlings.Should().Be(1);
    }

    [Fact]
    public async Task SeeAsync_Disabled_PaysNothing()
    {
        using var scene = new DaemonScene(isEnabled: false);
        scene.Turned.Debt = () => [Examples.Note("south is not known to be an inactive node")];

        await scene.SeeHealthyAsync();

        scene.Turned.Settlings.Should().Be(0);
    }

    [Fact]
    public async Task SeeAsync_DebtIsLeft_IsTriedWithPausesUntilItIsSettled()
    {
        using var scene = new DaemonScene();
        scene.Pair.TakesOver = _ => Task.FromResult(ScriptedPair.Completed("its validator was not seen to be demoted"));
        await scene.SeeLostAsync();
        var pairToComplete = new ScriptedPair("north", "south") { Settles = () => Examples.Recovery.With(it => { it.Outcome = RecoveryOutcome.Indeterminate; it.PendingDemotions = [Examples.Note("its validator was not seen to be demoted")]; }) };
        scene.DaemonLoop.Watch(scene.Turned, pairToComplete);

        for (var i = 0; i < 95; i++)
        {
            await scene.SeeHealthyAsync();
        }

        pairToComplete.Settlings.Should().Be(4, "at once, and every 30 s");
        pairToComplete.Settles = () => Examples.Recovery;
        for (var i = 0; i < 95; i++)
        {
            await scene.SeeHealthyAsync();
        }

        pairToComplete.Settlings.Should().Be(5);
        scene.EventNames.Count(name => name == "demotion-pending").Should().Be(1, "it has not changed");
        scene.Events[^1].Should().Match<Failover.Daemon.Events.DaemonEvent>(last => last.Name == "demotion-completed" && last.Source == "north");
        scene.Status.Now.PendingDemotions.Should().Be(0);
    }

    [Fact]
    public async Task SeeAsync_SettlingWasRefusedByALock_TheDebtStands()
    {
        using var scene = new DaemonScene(mark: "It took over");
        scene.Turned.Debt = () => [Examples.Note("south is not known to be an inactive node")];
        scene.Turned.Settles = () => Examples.Recovery.With(it => it.Outcome = RecoveryOutcome.Refused);

        await scene.SeeHealthyAsync();

        scene.DaemonLoop.State.PendingDemotions.Should().NotBeEmpty();
    }

    [Fact]
    public async Task SeeAsync_DebtAndLost_NothingIsSettledWhileNobodyVotes()
    {
        using var scene = new DaemonScene(mark: "It took over");
        scene.Turned.Debt = () => [Examples.Note("south is not known to be an inactive node")];

        await scene.SeeLostAsync();

        scene.Turned.Settlings.Should().Be(0);
    }

    [Fact]
    public async Task SeeAsync_Refused_IsTriedAgainWithPausesAndSaidOnce()
    {
        using var scene = new DaemonScene();
        var silence = 0;
        scene.Pair.TakesOver = _ => Task.FromResult(ScriptedPair.Refused(FormattableString.Invariant($"AssessEvidence: the evidence is None, silent for {++silence} s"), "an adapter that can cut its power"));

        for (var i = 0; i < 91; i++)
        {
            await scene.SeeLostAsync();
        }

        scene.Pair.Takeovers.Should().Be(4, "at once, and every 30 s");
        scene.Mark.Read().Should().BeNull("nothing was moved");
        scene.DaemonLoop.State.Disabled.Should().BeNull();
        scene.Events.Last(happened => happened.Name == "after-takeover").Details.Should().Equal("an adapter that can cut its power");
        scene.EventNames.Should().Equal("before-takeover", "after-takeover", "standing-changed");
    }

    [Fact]
    public async Task SeeAsync_RefusedAndHealthyAndLostAgain_IsSaidAgain()
    {
        using var scene = new DaemonScene();
        scene.Pair.TakesOver = _ => Task.FromResult(ScriptedPair.Refused("AssessEvidence: the evidence is None", "an adapter that can cut its power"));

        await scene.SeeLostAsync();
        await scene.SeeHealthyAsync();
        await scene.SeeLostAsync();

        scene.Pair.Takeovers.Should().Be(2, "the next loss is another one, and is not waited for");
        scene.EventNames.Count(name => name == "after-takeover").Should().Be(2);
    }

    [Fact]
    public async Task SeeAsync_HooksTakeLongerThanTheLease_TakesOver()
    {
        using var scene = new DaemonScene(hooks: [DaemonScene.Hook("fence", mustSucceed: true)]);
        scene.HookTakes = TimeSpan.FromMinutes(2);

        await scene.SeeLostAsync();

        scene.Pair.Takeovers.Should().Be(1);
    }

    [Fact]
    public async Task SeeAsync_Indeterminate_DoesNothingMoreAndCallsForAPerson()
    {
        using var scene = new DaemonScene();
        scene.Pair.TakesOver = _ => Task.FromResult(Examples.Result.With(it => { it.Outcome = FailoverOutcome.Indeterminate; it.PendingDemotions = [Examples.Note("something")]; }));

        for (var i = 0; i < 100; i++)
        {
            await scene.SeeLostAsync();
            await scene.SeeHealthyAsync();
        }

        scene.Pair.Takeovers.Should().Be(1);
        scene.Pair.Settlings.Should().Be(0);
        scene.Mark.Read().Should().NotBeNull("a restart must not begin anew");
        scene.EventNames.Count(name => name == "needs-a-person").Should().Be(1);
        scene.Status.WhyNotReady(scene.Time).Should().Contain(reason => reason.Contains("indeterminate"));
    }

    [Fact]
    public async Task SeeAsync_TakeoverThrows_IsForAPersonAndTheMarkStays()
    {
        using var scene = new DaemonScene();
        scene.Pair.TakesOver = _ => throw new InvalidOperationException("out of memory, say");

        await scene.SeeLostAsync();

        scene.DaemonLoop.State.NeedsAPerson.Should().Contain("out of memory, say").And.Contain("diagnose");
        scene.Mark.Read().Should().StartWith("It began to take over");
    }

    [Fact]
    public async Task SeeAsync_HookBeforeMustSucceedAndFails_DoesNotTakeOver()
    {
        using var scene = new DaemonScene(hooks: [DaemonScene.Hook("page"), DaemonScene.Hook("fence", mustSucceed: true), DaemonScene.Hook("never")]) { HookFails = hook => hook.Name == "fence" ? "it ended with 1" : null };

        await scene.SeeLostAsync();

        scene.Pair.Takeovers.Should().Be(0);
        scene.Mark.Read().Should().BeNull();
        scene.Hooks.Select(run => run.Hook).Should().Equal("page", "fence");
        scene.DaemonLoop.State.TriedAt.Should().NotBeNull("it is tried again, with a pause");
    }

    [Fact]
    public async Task SeeAsync_HookBeforeFailsAndNeedNotSucceed_TakesOver()
    {
        using var scene = new DaemonScene(hooks: [DaemonScene.Hook("page"), DaemonScene.Hook("tell", isBefore: false)]) { HookFails = hook => hook.Name == "page" ? "it ended with 1" : null };

        await scene.SeeLostAsync();

        scene.Pair.Takeovers.Should().Be(1);
        scene.EventNames.Should().Contain("hook-failed");
        scene.Hooks.Select(run => (run.Hook, run.About.Name, run.About.Outcome)).Should().Equal(("page", "before-takeover", null), ("tell", "after-takeover", "Completed"));
    }

    [Fact]
    public async Task SeeAsync_HookAfterMustSucceedAndFails_CallsForAPerson()
    {
        using var scene = new DaemonScene(hooks: [DaemonScene.Hook("dns", isBefore: false, mustSucceed: true)]) { HookFails = _ => "it ended with 1" };

        await scene.SeeLostAsync();

        scene.DaemonLoop.State.NeedsAPerson.Should().Contain("dns (it ended with 1)");
    }

    [Fact]
    public async Task SeeAsync_HookAfterMustSucceedAndFails_TheDebtIsPaidAllTheSame()
    {
        using var scene = new DaemonScene(hooks: [DaemonScene.Hook("page", isBefore: false, mustSucceed: true)]) { HookFails = _ => "it ended with 1" };
        scene.Pair.TakesOver = _ => Task.FromResult(ScriptedPair.Completed("its identity link was not seen to be moved"));
        await scene.SeeLostAsync();

        await scene.SeeHealthyAsync();

        scene.Pair.Settlings.Should().Be(1);
    }

    [Fact]
    public async Task SeeAsync_RefusedAndHookAfterFails_IsTriedAgain()
    {
        using var scene = new DaemonScene(hooks: [DaemonScene.Hook("page", isBefore: false, mustSucceed: true)]) { HookFails = _ => "it ended with 1" };
        scene.Pair.TakesOver = _ => Task.FromResult(ScriptedPair.Refused("AssessEvidence: the evidence is None", ""));

        for (var i = 0; i < 31; i++)
        {
            await scene.SeeLostAsync();
        }

        scene.Pair.Takeovers.Should().Be(2, "nothing was moved");
    }

    [Fact]
    public async Task SeeAsync_VotesLandAgainDuringTheHooks_DoesNotTakeOver()
    {
        using var scene = new DaemonScene(hooks: [DaemonScene.Hook("slow")]);
        scene.HookFails = _ =>
        {
            scene.Pair.Verdict = DaemonScene.Healthy;
            return null;
        };

        await scene.SeeLostAsync();

        scene.Pair.Takeovers.Should().Be(0);
        scene.Mark.Read().Should().BeNull();
    }

    [Fact]
    public async Task SeeAsync_LeaseIsAnothers_StandsByUntilItIsFree()
    {
        using var scene = new DaemonScene();
        await scene.Lease.AcquireAsync("another", TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        for (var i = 0; i < 9; i++)
        {
            await scene.SeeLostAsync();
        }

        scene.Pair.Takeovers.Should().Be(0);
        await scene.SeeLostAsync();
        scene.Pair.Takeovers.Should().Be(1, "the other's has run out");
    }

    [Fact]
    public async Task SeeAsync_LeaseIsLostDuringTheTakeover_GivesUp()
    {
        using var scene = new DaemonScene(lease: new LostLease());
        scene.Pair.TakesOver = async token =>
        {
            for (var i = 0; i < 10 && !token.IsCancellationRequested; i++)
            {
                scene.Time.Advance(TimeSpan.FromSeconds(3));
                await Task.Yield();
            }

            token.IsCancellationRequested.Should().BeTrue("another daemon may act now");
            return ScriptedPair.Refused("the caller canceled", "");
        };

        await scene.SeeLostAsync();

        scene.Pair.Takeovers.Should().Be(1);
        scene.DaemonLoop.State.NeedsAPerson.Should().BeNull();
    }

    [Fact]
    public async Task SeeAsync_AskedToEndDuringTheTakeover_WaitsForItsSafeEnd()
    {
        using var scene = new DaemonScene();
        var end = new TaskCompletionSource<FailoverResult>();
        scene.Pair.TakesOver = _ => end.Task;

        var seeing = scene.SeeLostAsync();
        await scene.Stopping.CancelAsync();

        seeing.IsCompleted.Should().BeFalse("a promotion that was sent is seen through");
        scene.Status.Now.IsBusy.Should().BeTrue();
        scene.Time.Advance(TimeSpan.FromMinutes(5));
        scene.Status.IsAlive(scene.Time).Should().BeTrue("it is at work");
        end.SetResult(ScriptedPair.Completed());
        await seeing;
        scene.Mark.Read().Should().StartWith("It took over");
    }

    private sealed class LostLease : ITakeoverLease
    {
        public Task<bool> AcquireAsync(string holder, TimeSpan term, CancellationToken cancellationToken = default) => Task.FromResult(true);

        public Task<bool> RenewAsync(string holder, TimeSpan term, CancellationToken cancellationToken = default) => Task.FromResult(false);

        public Task ReleaseAsync(string holder, CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
