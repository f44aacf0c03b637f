using FluentAssertions;
using Tachyon.Failover.Identities;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>A host whose sshd does not come back in time: the coordinator says what it does not know, and promotes nobody on a guess.</summary>
public sealed class HostGoneTests(SwitchoverScene scene) : IClassFixture<SwitchoverScene>
{
    private static readonly FailoverOptions Options = SwitchoverScene.Options with { ResolveTimeout = TimeSpan.FromSeconds(10) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SwitchoverAsync_SourceGoneAfterTheFence_IsIndeterminateAndTheTargetIsNotPromoted()
    {
        var source = scene.Active;
        var result = await SwitchoverAsync(SwitchoverStep.Seal, source);

        result.Outcome.Should().Be(SwitchoverOutcome.Indeterminate, "{0}", result);
        result.IdentityAt.Should().BeOneOf(IdentityLocation.Unknown, IdentityLocation.Nobody);
        result.FollowUps.Should().Contain(todo => todo.Node == source.Node.Name && todo.Command != null && todo.Command.Contains("set-identity --require-tower", StringComparison.Ordinal));
        (await scene.Inactive.IdentityAsync(Token)).Should().Be(scene.Inactive.Node.UnstakedIdentity);
        scene.Inactive.LinkIs(IdentityRole.Unstaked).Should().BeTrue();

        // What the result tells a person to do is what brings the votes back.
        await source.Sshd.StartAgainAsync(Token);
        var start = await scene.Cluster.GetSlotAsync(Token);
        foreach (var todo in result.FollowUps.Where(todo => todo.Node == source.Node.Name && todo.Command is not null))
        {
            (await source.RunAsync(todo.Command!, Token)).Should().BeOneOf([0, 1], "an authorized voter that is there already is refused: {0}", todo);
        }

        await scene.ShouldBeTrueAsync(result with { IdentityAt = IdentityLocation.Source }, start, Token);
    }

    [Fact]
    public async Task SwitchoverAsync_TargetGoneAfterItsPromotion_IsNotKnownUntilItAnswers()
    {
        var target = scene.Inactive;
        var start = await scene.Cluster.GetSlotAsync(Token);
        var result = await SwitchoverAsync(SwitchoverStep.Promote, target);

        (result.Outcome, result.IdentityAt).Should().Be((SwitchoverOutcome.Indeterminate, IdentityLocation.Unknown), "a node that does not answer is not known: {0}", result);
        result.FollowUps[0].Reason.Should().Contain("RecoverAsync");

        await target.Sshd.StartAgainAsync(Token);
        var recovered = await new FailoverCoordinator(SwitchoverScene.Options).RecoverAsync(scene.Pair, progress: null, Token);
        recovered.IdentityAt.Should().Be(IdentityLocation.Target, "{0}", recovered);
        await scene.ShouldBeTrueAsync(recovered.IdentityAt, recovered.ToString(), start, Token);
    }

    private async Task<FailoverResult> SwitchoverAsync(SwitchoverStep step, SceneNode node)
    {
        node.Shim.Clear();
        var journal = new HookedJournal(step, () => node.Shim.Arm(HostCall.Of(step), HostFault.SshdKilled));
        var going = GoAsync(node);
        var result = await new FailoverCoordinator(Options with { Journal = journal }).SwitchoverAsync(scene.Pair, progress: null, Token);
        await going;
        return result;
    }

    private static async Task GoAsync(SceneNode node)
    {
        await node.Shim.HitAsync(Token);
        await node.Sshd.StopAsync();
        node.Shim.Release();
    }
}
