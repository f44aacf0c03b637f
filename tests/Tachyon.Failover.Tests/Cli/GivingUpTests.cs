using FluentAssertions;
using Tachyon.Failover.Cli.Screens;
using Tachyon.Failover.Testing.Simulation;
using Xunit;

namespace Tachyon.Failover.Tests.Cli;

/// <summary>What Ctrl-C tells the operator, by the steps that were seen.</summary>
public sealed class GivingUpTests
{
    private static readonly ValidatorPair Pair = new SimulatedPair(1).FromAToB;

    [Theory]
    [InlineData("nothing was moved yet", nameof(FailoverStep.Preflight), nameof(FailoverStep.Prepare))]
    [InlineData("the run is rolled back", nameof(FailoverStep.Prepare), nameof(FailoverStep.MoveSourceLink))]
    [InlineData("Too late to cancel", nameof(FailoverStep.DeliverTower), nameof(FailoverStep.PromoteTarget))]
    [InlineData("The rollback is running already", nameof(FailoverStep.SealSource), nameof(FailoverStep.ReturnKeeperVoters))]
    [InlineData("The rollback is running already", nameof(FailoverStep.ProbeOther), nameof(FailoverStep.ReleaseLocks))]
    [InlineData("nothing was moved yet", nameof(FailoverStep.Prepare), nameof(FailoverStep.ReleaseLocks))]
    public void Words_OfASwitchover_SayWhatACancellationDoesNow(string words, params string[] seen) =>
        Of(RunKind.Switchover, seen).Should().Contain(words);

    [Theory]
    [InlineData("nothing was moved yet", nameof(FailoverStep.AssessEvidence), nameof(FailoverStep.Prepare))]
    [InlineData("is given back if the node answers", nameof(FailoverStep.MoveSourceLink), nameof(FailoverStep.AssessEvidence))]
    [InlineData("is given back if the node answers", nameof(FailoverStep.FenceSource), nameof(FailoverStep.ChooseTower))]
    public void Words_OfATakeover_AnActionOnTheLostNodeIsAMove(string words, params string[] seen) =>
        Of(RunKind.Takeover, seen).Should().Contain(words);

    [Theory]
    [InlineData("If nothing was changed yet", nameof(FailoverStep.TakeLocks), nameof(FailoverStep.Diagnose))]
    [InlineData("Something was changed already", nameof(FailoverStep.MoveOtherLink), nameof(FailoverStep.Diagnose))]
    public void Words_OfARecovery_SayWhetherItIsFinished(string words, params string[] seen) =>
        Of(RunKind.Recovery, seen).Should().Contain(words);

    private static string Of(RunKind kind, string[] seen)
    {
        var words = new GivingUp(Pair, kind);
        foreach (var step in seen)
        {
            words.See(new FailoverProgress { StepCode = Enum.Parse<FailoverStep>(step), Elapsed = TimeSpan.Zero, SinceStart = TimeSpan.Zero });
        }

        return words.Words(1);
    }
}
