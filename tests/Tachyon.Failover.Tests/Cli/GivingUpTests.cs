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
    [InlineData("nothing was moved yet", FailoverStep.Preflight, FailoverStep.Prepare)]
    [InlineData("the run is rolled back", FailoverStep.Prepare, FailoverStep.MoveSourceLink)]
    [InlineData("Too late to cancel", FailoverStep.DeliverTower, FailoverStep.PromoteTarget)]
    [InlineData("The rollback is running already", FailoverStep.SealSource, FailoverStep.ReturnKeeperVoters)]
    [InlineData("The rollback is running already", FailoverStep.ProbeOther, FailoverStep.ReleaseLocks)]
    [InlineData("nothing was moved yet", FailoverStep.Prepare, FailoverStep.ReleaseLocks)]
    public void Words_OfASwitchover_SayWhatACancellationDoesNow(string words, params FailoverStep[] seen) =>
        Of(RunKind.Switchover, seen).Should().Contain(words);

    [Theory]
    [InlineData("nothing was moved yet", FailoverStep.AssessEvidence, FailoverStep.Prepare)]
    [InlineData("is given back if the node answers", FailoverStep.MoveSourceLink, FailoverStep.AssessEvidence)]
    [InlineData("is given back if the node answers", FailoverStep.FenceSource, FailoverStep.ChooseTower)]
    public void Words_OfATakeover_AnActionOnTheLostNodeIsAMove(string words, params FailoverStep[] seen) =>
        Of(RunKind.Takeover, seen).Should().Contain(words);

    [Theory]
    [InlineData("If nothing was changed yet", FailoverStep.TakeLocks, FailoverStep.Diagnose)]
    [InlineData("Something was changed already", FailoverStep.MoveOtherLink, FailoverStep.Diagnose)]
    public void Words_OfARecovery_SayWhetherItIsFinished(string words, params FailoverStep[] seen) =>
        Of(RunKind.Recovery, seen).Should().Contain(words);

    private static string Of(RunKind kind, FailoverStep[] seen)
    {
        var words = new GivingUp(Pair, kind);
        foreach (var step in seen)
        {
            words.See(new FailoverProgress { Step = step, Elapsed = TimeSpan.Zero, SinceStart = TimeSpan.Zero });
        }

        return words.Words(1);
    }
}
