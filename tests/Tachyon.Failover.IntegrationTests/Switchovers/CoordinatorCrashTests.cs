using FluentAssertions;
using Tachyon.Failover.Journal;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>
/// The coordinator's connections are cut for good before or after a step, and it never gets to do anything again; a new one recovers the pair, with the
/// journal of the old one or with nothing but its eyes.
/// </summary>
public sealed class CoordinatorCrashTests(SwitchoverScene scene) : IClassFixture<SwitchoverScene>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SwitchoverStep.Arm, false)]
    [InlineData(SwitchoverStep.MoveSourceLink, true)]
    [InlineData(SwitchoverStep.Fence, false)]
    [InlineData(SwitchoverStep.Fence, true)]
    [InlineData(SwitchoverStep.Seal, true)]
    [InlineData(SwitchoverStep.Deliver, false)]
    [InlineData(SwitchoverStep.Deliver, true)]
    [InlineData(SwitchoverStep.Promote, false)]
    [InlineData(SwitchoverStep.Promote, true)]
    [InlineData(SwitchoverStep.MoveTargetLink, false)]
    [InlineData(SwitchoverStep.MoveTargetLink, true)]
    [InlineData(SwitchoverStep.Tidy, false)]
    public async Task RecoverAsync_CoordinatorCrashedBeforeOrAfterAStep_OneNodeVotes(SwitchoverStep step, bool isDone)
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        var hasJournal = isDone;
        await using (var theirs = new FileFailoverJournal(scene.Journal))
        {
            await CrashAsync(step, isDone, theirs);
        }

        await using var journal = new FileFailoverJournal(scene.Journal);
        var coordinator = new FailoverCoordinator(SwitchoverScene.Options with { Journal = hasJournal ? journal : new InMemoryFailoverJournal() });
        var result = await coordinator.RecoverAsync(scene.Pair, progress: null, Token);
        var again = await coordinator.RecoverAsync(scene.Pair, progress: null, Token);

        TestContext.Current.SendDiagnosticMessage("{0} {1}: {2}", step, isDone, result.ToString());
        result.Outcome.Should().Be(RecoveryOutcome.Recovered, "{0}", result);
        (result.Diagnosis.Interrupted is not null).Should().Be(hasJournal, "{0}", result);
        again.Diagnosis.Action.Should().Be(RecoveryAction.NothingToDo, "{0}", again);
        again.IdentityAt.Should().Be(result.IdentityAt);
        await scene.ShouldBeTrueAsync(result.IdentityAt, result.ToString(), start, Token);
    }

    /// <summary>Begins a switchover and lets its coordinator die: from the cut on nothing of it gets through.</summary>
    private async Task CrashAsync(SwitchoverStep step, bool isDone, IFailoverJournal inner)
    {
        var call = HostCall.Of(step);
        var node = scene.On(call.Side);
        node.Shim.Clear();
        var journal = new HookedJournal(step, () => node.Shim.Arm(call, isDone ? HostFault.AnswerLost : HostFault.CutBefore), inner);
        var lost = scene.AnotherCoordinatorsPair();
        var running = new FailoverCoordinator(SwitchoverScene.Options with { Journal = journal }).SwitchoverAsync(scene.SameDirection(lost), progress: null, Token);
        await node.Shim.HitAsync(Token);
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

        running.IsCompleted.Should().BeFalse("the coordinator died in the middle");
    }
}
