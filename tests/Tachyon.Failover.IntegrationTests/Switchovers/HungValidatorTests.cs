using FluentAssertions;
using Tachyon.Failover.Testing.StandIns;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>A validator that takes a call and does not answer it, or executes it after the caller has stopped waiting.</summary>
public sealed class HungValidatorTests : IClassFixture<SwitchoverScene>
{
    private readonly SwitchoverScene _scene;

    public HungValidatorTests(SwitchoverScene scene)
    {
        _scene = scene;
        _scene.SetIdentityLimit = TimeSpan.FromSeconds(2);
    }

    /// <summary>After the trial of the arming, which would otherwise meet the fault before the promotion does.</summary>
    private static FailoverOptions AfterTheArming(SceneNode node, StandInFault fault) =>
        SwitchoverScene.Options with { Journal = new HookedJournal(SwitchoverStep.MoveSourceLink, () => node.Node.AddFaultAsync(fault, Token)) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(NodeSide.Source, StandInFaultKind.LoseAnswer, SwitchoverOutcome.Undone)]
    [InlineData(NodeSide.Source, StandInFaultKind.LoseCall, SwitchoverOutcome.Undone)]
    [InlineData(NodeSide.Target, StandInFaultKind.LoseAnswer, SwitchoverOutcome.Completed)]
    [InlineData(NodeSide.Target, StandInFaultKind.LoseCall, SwitchoverOutcome.Undone)]
    public async Task SwitchoverAsync_SetIdentityIsNeverAnswered_IsResolvedByLooking(NodeSide side, StandInFaultKind kind, SwitchoverOutcome outcome)
    {
        var start = await _scene.Cluster.GetSlotAsync(Token);
        var options = AfterTheArming(_scene.On(side), new StandInFault { Kind = kind, Method = "setIdentity" });

        var result = await new FailoverCoordinator(options).SwitchoverAsync(_scene.Pair, progress: null, Token);

        result.Outcome.Should().Be(outcome, "{0}", result);
        result.Steps.Should().Contain(step => step.Result.Failure == CallFailure.TimedOut);
        await _scene.ShouldBeTrueAsync(result, start, Token);
    }

    [Fact]
    public async Task SwitchoverAsync_PromotionComesAfterItsLimit_GoesForwardWithOneVoter()
    {
        var start = await _scene.Cluster.GetSlotAsync(Token);
        var options = AfterTheArming(_scene.Inactive, new StandInFault { Kind = StandInFaultKind.DelayCall, Method = "setIdentity", Delay = TimeSpan.FromSeconds(3) });

        var result = await new FailoverCoordinator(options).SwitchoverAsync(_scene.Pair, progress: null, Token);

        // The last look sees it. It was sealed in between, so it has cast no early vote.
        result.Outcome.Should().Be(SwitchoverOutcome.Completed, "{0}", result);
        result.Steps.Select(step => step.Step).Should().ContainInOrder(SwitchoverStep.SealTarget, SwitchoverStep.UnsealTarget);
        await _scene.ShouldBeTrueAsync(result, start, Token);
    }

    [Fact]
    public async Task SwitchoverAsync_TheTargetTakesNoIdentity_IsFoundOutBeforeAnythingIsMoved()
    {
        var start = await _scene.Cluster.GetSlotAsync(Token);
        await _scene.Inactive.Node.AddFaultAsync(new StandInFault { Kind = StandInFaultKind.LoseCall, Method = "setIdentity" }, Token);

        var result = await new FailoverCoordinator(SwitchoverScene.Options).SwitchoverAsync(_scene.Pair, progress: null, Token);

        result.Outcome.Should().Be(SwitchoverOutcome.Refused, "{0}", result);
        result.Steps.Should().Contain(step => step.Step == SwitchoverStep.Arm && step.Result.Failure == CallFailure.TimedOut);
        result.Steps.Should().NotContain(step => step.Step == SwitchoverStep.MoveSourceLink);
        await _scene.ShouldBeTrueAsync(result, start, Token);
    }
}
