using System.Runtime.Versioning;
using FluentAssertions;
using Tachyon.Failover.Benchmarks.Takeovers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Takeovers;

/// <summary>The active validator hung and was taken over from, and its shell answers again. Beside <see cref="HungSourceTests"/>, so that both run at once.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HungSourceIsBackTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S3_SettleDebtAsync_ShellAnswersAgainAndTheValidatorHangs_LinkIsMovedWithinTheCall()
    {
        await using var stand = await TakeoverStand.SetAsync(seed: 3, TimeSpan.Zero, TakeoverRules.Hasty, Token);
        await stand.AwaitHealthAsync(Token);
        await stand.EndSshdAsync();
        stand.Lost.Freeze();
        await stand.AwaitLossAsync(Token);
        var asserted = new TakeoverPolicy().With(static it => { it.CallTimeout = TimeSpan.FromSeconds(4); it.MinimumGrade = EvidenceGrade.Asserted; it.OperatorStatement = "test"; it.Detection = TakeoverRules.Hasty.Silence; });
        var taken = await stand.Coordinator.TakeoverAsync(stand.Pair, asserted, stand.Watch, cancellationToken: Token);
        taken.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", taken);
        taken.PendingDemotions.Should().NotBeEmpty();
        await stand.StartSshdAsync(Token);

        var settled = await stand.Coordinator.CompleteDemotionAsync(stand.Pair, cancellationToken: Token);

        stand.Lost.IsRunning.Should().BeFalse("it was stopped, after its link was moved: {0}", settled);
        new FileInfo(stand.Lost.IdentityLink).LinkTarget.Should().Be(stand.Lost.UnstakedKeypair, "{0}", settled);
        var steps = settled.Steps.Select(step => step.StepCode).ToList();
        steps.Should().Contain(FailoverStep.MoveOtherLink);
        steps.IndexOf(FailoverStep.MoveOtherLink).Should().BeLessThan(steps.IndexOf(FailoverStep.ProbeOther), "it is moved before the validator is asked: {0}", settled);
        $"{settled}".Should().NotContain("could not be moved");
        settled.PendingDemotions.Should().BeEmpty("{0}", settled);
    }
}
