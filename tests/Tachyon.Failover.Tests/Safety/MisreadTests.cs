using FluentAssertions;
using Tachyon.Failover.Preflight;
using Xunit;

namespace Tachyon.Failover.Tests.Safety;

/// <summary>Nothing is changed on a node that differs from the settings, or from the direction (findings S1 and S2).</summary>
public sealed class MisreadTests
{
    [Fact]
    public void S1_TakeoverToTheActiveNode_IsRefusedAndChangesNothing()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var scene = new MisreadScene(seed);
            var before = scene.Nodes;

            var result = scene.TakeOver(source: scene.B);

            result.Outcome.Should().Be(FailoverOutcome.Refused, "seed {0}: {1}", seed, result);
            result.Reason.Should().Contain("a runs the staked identity").And.Contain("it is the active node already");
            result.OperatorActions.Should().BeEmpty();
            scene.Calls.Changes.Should().BeEmpty("seed {0}", seed);
            scene.World.Pass(TimeSpan.FromSeconds(20));
            scene.Nodes.Should().Equal(before, "seed {0}", seed);
            (scene.A.CanVote, scene.B.Process is not null).Should().Be((true, true));
            scene.World.Judge.ThrowIfBroken();
        }
    }

    [Fact]
    public void S1_TakeoverToTheActiveNode_FindingIsTakenForANote_IsRefusedAllTheSame()
    {
        var scene = new MisreadScene { Reclassify = static _ => PreflightSeverity.Info };

        var result = scene.TakeOver(source: scene.B);

        result.Outcome.Should().Be(FailoverOutcome.Refused, "{0}", result);
        result.Reason.Should().Contain("a runs the staked identity").And.Contain("ask for the other direction");
        scene.Calls.Changes.Should().BeEmpty();
    }

    [Fact]
    public void S1_TakeoverWhoseTargetCannotBeRead_IsRefusedAndChangesNothing()
    {
        var scene = new MisreadScene { Reclassify = static _ => PreflightSeverity.Info };
        scene.B.StopValidator(TimeSpan.FromHours(1));
        var before = scene.Nodes;

        var result = scene.TakeOver(source: scene.A);

        result.Outcome.Should().Be(FailoverOutcome.Refused, "{0}", result);
        scene.Calls.Changes.Should().BeEmpty();
        scene.Nodes.Should().Equal(before);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void S2_Recover_NamesAreSwapped_IsRefusedAndNamesBothKeys(string swapped) =>
        ShouldRefuse(swapped, scene => scene.Recover(scene.A), result => result.Outcome == RecoveryOutcome.Refused, result => result.Reason, result => result.OperatorActions);

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void S2_Settle_NamesAreSwapped_IsRefusedAndNamesBothKeys(string swapped) =>
        ShouldRefuse(swapped, scene => scene.Settle(scene.A), result => result.Outcome == RecoveryOutcome.Refused, result => result.Reason, result => result.OperatorActions);

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void S2_Takeover_NamesAreSwapped_IsRefusedAndNamesBothKeys(string swapped) =>
        ShouldRefuse(swapped, scene => scene.TakeOver(scene.B), result => result.Outcome == FailoverOutcome.Refused, result => result.Reason, result => result.OperatorActions);

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void S2_Switchover_NamesAreSwapped_IsRefusedAndNamesBothKeys(string swapped) =>
        ShouldRefuse(swapped, scene => scene.Switch(scene.B), result => result.Outcome == FailoverOutcome.Refused, result => result.Reason, result => result.OperatorActions);

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void S2_Diagnose_NamesAreSwapped_PrintsNoCommandAndNamesBothKeys(string swapped) =>
        ShouldRefuse(swapped, scene => scene.Diagnose(scene.A), result => result.Action == RecoveryAction.AskOperator, result => result.Reason, result => result.OperatorActions);

    /// <summary>After a switchover to b: a is inactive, b votes.</summary>
    private static void ShouldRefuse<T>(string swapped, Func<MisreadScene, T> verb, Func<T, bool> isRefused, Func<T, string?> reason, Func<T, IReadOnlyList<OperatorAction>> followUps)
        where T : class
    {
        var scene = new MisreadScene { Reclassify = static _ => PreflightSeverity.Info };
        scene.SwitchBefore().Outcome.Should().Be(FailoverOutcome.Completed);
        var node = swapped == "a" ? scene.A : scene.B;
        MisreadScene.Swap(node);
        var before = scene.Nodes;

        var result = verb(scene);

        isRefused(result).Should().BeTrue("{0}", result);
        reason(result).Should().Contain($"on {swapped}")
            .And.Contain(nameof(ValidatorNodeSettings.StakedKeypair)).And.Contain(nameof(ValidatorNodeSettings.UnstakedKeypair))
            .And.Contain(node.KeyOf(IdentityRole.Staked).ToString()).And.Contain(node.KeyOf(IdentityRole.Unstaked).ToString())
            .And.Contain("swapped", "the remedy is named");
        scene.Calls.Changes.Should().BeEmpty("{0}", result);
        followUps(result).Should().BeEmpty("a command would name a file by what the settings call it");
        scene.Nodes.Should().Equal(before);
    }

}
