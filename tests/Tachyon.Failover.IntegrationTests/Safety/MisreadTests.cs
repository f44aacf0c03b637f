using FluentAssertions;
using Tachyon.Failover.IntegrationTests.Switchovers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Safety;

/// <summary>Findings S1 and S2 over real sshd and stand-ins: nothing is changed on a node that is not as the settings, or the direction, say.</summary>
public sealed class MisreadTests(SwitchoverScene scene) : IClassFixture<SwitchoverScene>
{
    private static readonly FailoverCoordinator Coordinator = new(SwitchoverScene.Options.With(static it => it.Journal = new HookedJournal(FailoverStep.CleanUp, static () => { })));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S1_TakeoverToTheActiveNode_IsRefusedAndItGoesOnVoting()
    {
        await using var pair = scene.AnotherCoordinatorsPair();
        var (before, fromSlot) = (scene.Snapshot(), await scene.Cluster.GetSlotAsync(Token));

        var result = await Coordinator.TakeoverAsync(pair.FromBToA, cancellationToken: Token);

        result.Outcome.Should().Be(FailoverOutcome.Refused, "{0}", result);
        result.Reason.Should().Contain("it is the active node already");
        await NothingHasChangedAsync(before, fromSlot, result.ToString());
    }

    [Theory]
    [InlineData("a", "recover")]
    [InlineData("b", "recover")]
    [InlineData("a", "complete-demotion")]
    [InlineData("b", "complete-demotion")]
    [InlineData("a", "takeover")]
    [InlineData("b", "takeover")]
    public async Task S2_NamesAreSwapped_IsRefusedAndNamesBothKeys(string swapped, string verb)
    {
        var node = swapped == "a" ? scene.Cluster.A : scene.Cluster.B;
        await using var pair = scene.AnotherCoordinatorsPair(settings => settings.Name == node.Name ? settings.With(it => { it.StakedKeypair = settings.UnstakedKeypair; it.UnstakedKeypair = settings.StakedKeypair; }) : settings);
        var (before, fromSlot) = (scene.Snapshot(), await scene.Cluster.GetSlotAsync(Token));

        var (isRefused, reason, followUps) = verb switch
        {
            "recover" => Of(await Coordinator.RecoverAsync(pair.FromAToB, cancellationToken: Token)),
            "complete-demotion" => Of(await Coordinator.CompleteDemotionAsync(pair.FromAToB, cancellationToken: Token)),
            _ => Of(await Coordinator.TakeoverAsync(pair.FromAToB, cancellationToken: Token)),
        };

        isRefused.Should().BeTrue("{0}", reason);
        reason.Should().Contain(scene.Cluster.StakedIdentity.ToString()).And.Contain(node.UnstakedIdentity.ToString()).And.Contain("The two names are swapped");
        followUps.Should().BeEmpty();
        await NothingHasChangedAsync(before, fromSlot, reason!);
    }

    private static (bool IsRefused, string? Reason, IReadOnlyList<OperatorAction> FollowUps) Of(RecoveryResult result) => (result.Outcome == RecoveryOutcome.Refused, result.Reason, result.OperatorActions);

    private static (bool IsRefused, string? Reason, IReadOnlyList<OperatorAction> FollowUps) Of(FailoverResult result) => (result.Outcome == FailoverOutcome.Refused, result.Reason, result.OperatorActions);

    /// <summary>a votes, b is its spare, links and files as they were.</summary>
    private async Task NothingHasChangedAsync(IReadOnlyList<string> before, ulong fromSlot, string result)
    {
        scene.Snapshot().Should().Equal(before, "{0}", result);
        await scene.ShouldBeTrueAsync(IdentityLocation.Source, result, fromSlot, Token);
        scene.Active.Node.Should().Be(scene.Cluster.A);
    }
}
