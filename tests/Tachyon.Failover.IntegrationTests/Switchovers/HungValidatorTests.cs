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
        _scene.SetIdentityTimeout = TimeSpan.FromSeconds(2);
    }

    /// <summary>After the trial of the arming, which would otherwise meet the fault before the promotion does.</summary>
    private static FailoverOptions AfterTheArming(SceneNode node, StandInFault fault) =>
        SwitchoverScene.Options.With(it => it.Journal = new HookedJournal(FailoverStep.MoveSourceLink, () => node.Node.AddFaultAsync(fault, Token)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(NodeSide.Source, StandInFaultKind.LoseAnswer, FailoverOutcome.RolledBack)]
    [InlineData(NodeSide.Source, StandInFaultKind.LoseCall, FailoverOutcome.RolledBack)]
    [InlineData(NodeSide.Target, StandInFaultKind.LoseAnswer, FailoverOutcome.Completed)]
    [InlineData(NodeSide.Target, StandInFaultKind.LoseCall, FailoverOutcome.RolledBack)]
    public async Task SwitchoverAsync_SetIdentityIsNeverAnswered_IsResolvedByProbing(NodeSide side, StandInFaultKind kind, FailoverOutcome outcome)
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
        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        result.Steps.Select(step => step.StepCode).Should().ContainInOrder(FailoverStep.SealOther, FailoverStep.UnsealTarget);
        await _scene.ShouldBeTrueAsync(result, start, Token);
    }

    [Fact]
    public async Task SwitchoverAsync_TheTargetTakesNoIdentity_IsFoundOutBeforeAnythingIsMoved()
    {
        var start = await _scene.Cluster.GetSlotAsync(Token);
        await _scene.Inactive.Node.AddFaultAsync(new StandInFault { Kind = StandInFaultKind.LoseCall, Method = "setIdentity" }, Token);

        var result = await new FailoverCoordinator(SwitchoverScene.Options).SwitchoverAsync(_scene.Pair, progress: null, Token);

        result.Outcome.Should().Be(FailoverOutcome.Refused, "{0}", result);
        result.Steps.Should().Contain(step => step.StepCode == FailoverStep.Prepare && step.Result.Failure == CallFailure.TimedOut);
        result.Steps.Should().NotContain(step => step.StepCode == FailoverStep.MoveSourceLink);
        await _scene.ShouldBeTrueAsync(result, start, Token);
    }
}
