using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>A host whose sshd does not come back in time: the coordinator says what it does not know, and promotes no node on a guess.</summary>
public sealed class HostGoneTests(SwitchoverScene scene) : IClassFixture<SwitchoverScene>
{
    private static readonly FailoverOptions Options = SwitchoverScene.Options.With(static it => it.RollbackTimeout = TimeSpan.FromSeconds(10));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SwitchoverAsync_SourceGoneAfterTheFence_IsIndeterminateAndTheTargetIsNotPromoted()
    {
        var source = scene.Active;
        var result = await SwitchoverAsync(FailoverStep.SealSource, source);

        result.Outcome.Should().Be(FailoverOutcome.Indeterminate, "{0}", result);
        result.IdentityAt.Should().BeOneOf(IdentityLocation.Unknown, IdentityLocation.Neither);
        result.OperatorActions[0].Reason.Should().Contain("RecoverAsync");
        result.OperatorActions.Should().NotContain(todo => todo.Command != null && todo.Command.Contains("require-tower"), "who may vote is not known: no command gives a vote");
        (await scene.Inactive.IdentityAsync(Token)).Should().Be(scene.Inactive.Node.UnstakedIdentity);
        scene.Inactive.LinkIs(IdentityRole.Unstaked).Should().BeTrue();

        await source.Sshd.StartAgainAsync(Token);
        await RecoverAsync(IdentityLocation.Source);
    }

    [Fact]
    public async Task SwitchoverAsync_TargetGoneAfterItsPromotion_IsNotKnownUntilItAnswers()
    {
        var target = scene.Inactive;
        var result = await SwitchoverAsync(FailoverStep.PromoteTarget, target);

        (result.Outcome, result.IdentityAt).Should().Be((FailoverOutcome.Indeterminate, IdentityLocation.Unknown), "a node that does not answer is not known: {0}", result);
        result.OperatorActions[0].Reason.Should().Contain("RecoverAsync");

        await target.Sshd.StartAgainAsync(Token);
        await RecoverAsync(IdentityLocation.Target);
    }

    /// <summary>What the result tells a person to do is what brings the votes back.</summary>
    private async Task RecoverAsync(IdentityLocation keeper)
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        var recovered = await new FailoverCoordinator(SwitchoverScene.Options).RecoverAsync(scene.Pair, progress: null, Token);
        recovered.IdentityAt.Should().Be(keeper, "{0}", recovered);
        await scene.ShouldBeTrueAsync(recovered.IdentityAt, recovered.ToString(), start, Token);
    }

    private async Task<FailoverResult> SwitchoverAsync(FailoverStep step, SceneNode node)
    {
        node.Shim.Clear();
        var journal = new HookedJournal(step, () => node.Shim.Arm(HostCall.Of(step), HostFault.SshdKilled));
        var run = new FailoverCoordinator(Options.With(it => it.Journal = journal)).SwitchoverAsync(scene.Pair, progress: null, Token);
        (await node.Shim.HitAsync(run, Token)).Should().BeTrue("the run comes to {0}", step);
        await node.Sshd.StopAsync();
        node.Shim.Release();
        return await run;
    }
}
