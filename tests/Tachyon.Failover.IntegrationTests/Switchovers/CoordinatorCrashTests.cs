using FluentAssertions;
using Tachyon.Failover.Journal;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>
/// The coordinator's connections are cut for good before or after a step, and it does nothing more. A new coordinator recovers the pair, with the
/// journal of the old one or with what it sees alone.
/// </summary>
public sealed class CoordinatorCrashTests(SwitchoverScene scene) : IClassFixture<SwitchoverScene>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(FailoverStep.MoveSourceLink), true, false)]
    [InlineData(nameof(FailoverStep.SealSource), true, false)]
    [InlineData(nameof(FailoverStep.DeliverTower), true, true)]
    [InlineData(nameof(FailoverStep.PromoteTarget), true, true)]
    [InlineData(nameof(FailoverStep.MoveTargetLink), false, false)]
    [InlineData(nameof(FailoverStep.CleanUp), false, true)]
    public async Task RecoverAsync_CoordinatorCrashedBeforeOrAfterAStep_OneNodeVotes(string name, bool isDone, bool hasJournal)
    {
        var step = Enum.Parse<FailoverStep>(name);
        var start = await scene.Cluster.GetSlotAsync(Token);
        await using (var theirs = new FileFailoverJournal(scene.Journal))
        {
            await CrashAsync(step, isDone, theirs);
        }

        await using var journal = new FileFailoverJournal(scene.Journal);
        var coordinator = new FailoverCoordinator(SwitchoverScene.Options.With(it => it.Journal = hasJournal ? journal : new InMemoryFailoverJournal()));
        var result = await coordinator.RecoverAsync(scene.Pair, progress: null, Token);
        var after = await coordinator.DiagnoseAsync(scene.Pair, Token);

        TestContext.Current.SendDiagnosticMessage("{0} {1}: {2}", step, isDone, result.ToString());
        result.Outcome.Should().Be(RecoveryOutcome.Recovered, "{0}", result);
        result.IdentityAt.Should().BeOneOf(Expected(step), "{0}", result);
        (result.Diagnosis.Interrupted.Count > 0).Should().Be(hasJournal, "{0}", result);
        after.Action.Should().Be(RecoveryAction.NothingToDo, "{0}", after);
        await scene.ShouldBeTrueAsync(result.IdentityAt, result.ToString(), start, Token);
    }

    [Fact]
    public async Task RecoverAsync_ThePairIsInOrder_ChangesNothing()
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        var coordinator = new FailoverCoordinator(SwitchoverScene.Options);

        // The first recovery repairs what an earlier test has left.
        await coordinator.RecoverAsync(scene.Pair, progress: null, Token);
        var before = scene.Snapshot();

        var result = await coordinator.RecoverAsync(scene.Pair, progress: null, Token);

        result.Outcome.Should().Be(RecoveryOutcome.NothingToDo, "{0}", result);
        result.Diagnosis.Action.Should().Be(RecoveryAction.NothingToDo, "{0}", result);
        result.Steps.Select(step => step.StepCode).Should().Equal(FailoverStep.TakeLocks, FailoverStep.Diagnose, FailoverStep.ProbeOther, FailoverStep.ReleaseLocks);
        scene.Snapshot().Should().Equal(before);
        await scene.ShouldBeTrueAsync(result.IdentityAt, result.ToString(), start, Token);
    }

    // The promotion is sent together with the delivery: the node may begin it before it notices the lost connection.
    private static IdentityLocation[] Expected(FailoverStep step) => step switch
    {
        FailoverStep.DeliverTower => [IdentityLocation.Source, IdentityLocation.Target],
        < FailoverStep.PromoteTarget => [IdentityLocation.Source],
        _ => [IdentityLocation.Target],
    };

    /// <summary>Begins a switchover and lets its coordinator die: from the cut on nothing of it gets through.</summary>
    private async Task CrashAsync(FailoverStep step, bool isDone, IFailoverJournal inner)
    {
        var call = HostCall.Of(step);
        var node = scene.On(call.Side);
        node.Shim.Clear();
        var journal = new HookedJournal(step, () => node.Shim.Arm(call, isDone ? HostFault.AnswerLost : HostFault.CutBefore), inner);
        var lost = scene.AnotherCoordinatorsPair();
        var running = new FailoverCoordinator(SwitchoverScene.Options.With(it => it.Journal = journal)).SwitchoverAsync(scene.SameDirection(lost), progress: null, Token);
        (await node.Shim.HitAsync(running, Token)).Should().BeTrue("the run comes to {0}", step);
        journal.Close();
        SceneNode[] nodes = [scene.Active, scene.Inactive];
        var dying = lost.DisposeAsync();
        foreach (var one in nodes)
        {
            one.Link.RefuseNew = true;
            one.Link.Cut();
        }

        node.Shim.Release();
        await dying;
        foreach (var one in nodes)
        {
            one.Link.RefuseNew = false;
            (await one.IsFreeAsync(Token)).Should().BeTrue("what was running on {0} has ended", one.Node.Name);
        }

        // It tries until RollbackTimeout: it is dead, and does not know it.
        running.IsCompleted.Should().BeFalse("the coordinator died in the middle");
    }
}
